//! What the ambient mesh does with rules about requests: waypoints read them, for those who are enrolled with one.
//!
//! Source: Kiali's `business/checkers/ambient`, and the ambient chapters of Istio's documentation.

use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::mesh::authorization::has_targets;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// The label that puts a namespace or a workload into the ambient mesh, or takes it out with `none`.
pub const MODE: &str = "istio.io/dataplane-mode";
/// The label that names the waypoint of a namespace, a Service or a workload; `none` takes it out.
pub const WAYPOINT: &str = "istio.io/use-waypoint";

/// Whether a namespace has the label of the ambient mesh.
pub fn is_ambient(namespace: &str, cluster: &Cluster) -> bool {
    cluster.namespace(namespace).and_then(|it| it.label(MODE)).is_some_and(|it| it == "ambient")
}

/// Whether the labels of a workload or its namespace put it into the ambient mesh.
pub fn is_ambient_workload(workload: Workload<'_>, cluster: &Cluster) -> bool {
    let said = workload.label(MODE).map_or("", Str::as_str);
    said == "ambient" || (said != "none" && is_ambient(workload.object.namespace(), cluster))
}

/// The waypoint that something is enrolled with: its own label counts before its namespace's.
pub fn waypoint<'m>(own: Option<&'m Str>, namespace: &str, cluster: &'m Cluster) -> Option<&'m str> {
    let said = own.or_else(|| cluster.namespace(namespace)?.label(WAYPOINT))?;
    Some(said.as_str()).filter(|it| !it.is_empty() && *it != "none")
}

/// Whether a Service is enrolled with a waypoint.
pub fn is_enrolled(service: &Object, cluster: &Cluster) -> bool {
    waypoint(service.label(WAYPOINT), service.namespace(), cluster).is_some()
}

/// Whether an AuthorizationPolicy has conditions that only a proxy for HTTP can see.
pub fn is_about_requests(policy: &Object) -> bool {
    const FIELDS: [&str; 6] = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"];
    walk::rules(policy).iter().any(|rule| {
        rule.list("when").iter().filter_map(|it| it.word("key")).any(|it| is_key_of_requests(it))
            || walk::operations(rule).any(|it| walk::says(it, &FIELDS))
            || walk::sources(rule).any(|it| walk::says(it, &["requestPrincipals", "notRequestPrincipals"]))
    })
}

/// Whether a condition with this key is about a request.
pub fn is_key_of_requests(key: &str) -> bool {
    key.starts_with("request.headers") || key.starts_with("request.auth.")
}

/// Whether a policy is for somebody who is not enrolled with a waypoint, so that nobody reads it.
pub fn is_unread(policy: &Object, cluster: &Cluster) -> bool {
    let namespace = policy.namespace();
    let mut targets = services(policy, cluster).peekable();
    if targets.peek().is_some() {
        return targets.any(|it| !is_enrolled(it, cluster));
    }
    let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
    let is_enrolled = waypoint(None, namespace, cluster).is_some();
    if labels.is_empty() {
        return !is_enrolled;
    }
    let (mut is_chosen, mut is_opted_out) = (false, false);
    for workload in cluster.selected(Some(namespace), labels).filter(|it| !is_waypoint(*it)) {
        if workload.label(MODE).is_some_and(|it| it == "none") {
            is_opted_out = true;
        } else if waypoint(workload.label(WAYPOINT), namespace, cluster).is_none() {
            return true;
        } else {
            is_chosen = true;
        }
    }
    !is_chosen && !is_opted_out && !is_enrolled
}

/// Whether a workload is a waypoint itself.
pub fn is_waypoint(workload: Workload<'_>) -> bool {
    workload.label("gateway.istio.io/managed").is_some_and(|it| it == "istio.io-mesh-controller")
}

/// Whether a policy says by name what it is for; waypoints look at no selector.
pub fn is_attached(policy: &Object) -> bool {
    has_targets(policy)
}

/// The Services that a policy names.
pub fn services<'m>(policy: &'m Object, cluster: &'m Cluster) -> impl Iterator<Item = &'m Object> {
    let targets = policy.spec().get("targetRef").into_iter().chain(policy.spec().list("targetRefs"));
    let named = targets.filter(|it| is_service(it)).filter_map(|it| it.word("name"));
    named.filter_map(|it| service(policy.namespace(), it, cluster))
}

fn service<'m>(namespace: &'m str, name: &str, cluster: &'m Cluster) -> Option<&'m Object> {
    let host = fqdn(name, namespace, &cluster.config.cluster_domain);
    cluster.declaring(&host, namespace).find(|it| it.is(Sort::Service) && it.namespace() == namespace)
}

fn is_service(target: &Node) -> bool {
    let group = target.word("group").map_or("", Str::as_str);
    target.word("kind").is_some_and(|it| it == "Service") && matches!(group, "" | "core")
}
