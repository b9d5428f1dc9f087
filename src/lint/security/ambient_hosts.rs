//! What a VirtualService or DestinationRule about requests meets in the ambient mesh: the waypoint of the Service that
//! it is about.
//!
//! Source: `checkHostBasedConfig` of Kiali's `business/checkers/ambient_policy_checker.go`.

use std::collections::BTreeSet;

use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::Node;

/// What is found.
#[derive(Clone, Copy, Debug)]
pub enum Finding<'m> {
    /// The Service has no waypoint.
    NotEnrolled(Span, &'m Object),
    /// The object is not in the namespace of the Service.
    Elsewhere(Span, &'m Object),
    /// No Service of the ambient mesh is known, and the object's own namespace has no waypoint.
    Unresolved(Span),
}

/// Judges an object by its hosts.
pub fn judge<'m>(object: &'m Object, cluster: &'m Cluster) -> Vec<Finding<'m>> {
    let hosts: Vec<&Node> = match object.sort {
        Some(Sort::VirtualService) if is_routing(object) => object.spec().list("hosts").iter().collect(),
        Some(Sort::DestinationRule) if is_tuning(object) => object.spec().get("host").into_iter().collect(),
        _ => return Vec::new(),
    };
    let (mut found, mut seen, mut is_resolved) = (Vec::new(), BTreeSet::new(), false);
    for (node, host) in hosts.iter().filter_map(|it| Some((it, it.text()?))) {
        let host = fqdn(host, object.namespace(), &cluster.config.cluster_domain);
        let services = cluster.declaring(&host, object.namespace());
        let ambient = |it: &&Object| it.is(Sort::Service) && ambient::is_ambient(it.namespace(), cluster);
        let Some(service) = services.filter(ambient).find(|it| cluster.host_of(it) == host) else { continue };
        is_resolved = true;
        if !seen.insert(service.id) {
            continue;
        }
        if object.namespace() != service.namespace() {
            found.push(Finding::Elsewhere(node.span, service));
        }
        if !ambient::is_enrolled(service, cluster) {
            found.push(Finding::NotEnrolled(node.span, service));
        }
    }
    let namespace = object.namespace();
    let has_waypoint = || ambient::waypoint(None, namespace, cluster).is_some();
    if !is_resolved && ambient::is_ambient(namespace, cluster) && !has_waypoint() {
        found.push(Finding::Unresolved(hosts.first().map_or(object.span(), |it| it.span)));
    }
    found
}

/// Whether a VirtualService routes requests of the mesh.
fn is_routing(object: &Object) -> bool {
    let spec = object.spec();
    let gateways = spec.list("gateways");
    let of_mesh = gateways.is_empty() || gateways.iter().filter_map(Node::text).any(|it| it == "mesh");
    of_mesh && (!spec.list("http").is_empty() || !spec.list("tls").is_empty())
}

/// Whether a DestinationRule says something that only a proxy for HTTP can do.
fn is_tuning(object: &Object) -> bool {
    let spec = object.spec();
    let policies = [spec].into_iter().chain(spec.list("subsets")).filter_map(|it| it.get("trafficPolicy"));
    policies.into_iter().any(|it| {
        let hash = it.at(&["loadBalancer", "consistentHash"]);
        let by_header =
            |it: &Node| it.word("httpHeaderName").is_some_and(|it| !it.is_empty()) || it.has("httpCookie");
        it.has("outlierDetection")
            || it.get("connectionPool").is_some_and(|it| it.has("http"))
            || hash.is_some_and(by_header)
    })
}
