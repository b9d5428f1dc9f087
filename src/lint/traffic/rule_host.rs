//! `DestinationRule`s whose host nothing declares, and why that may be no mistake.

use std::collections::BTreeSet;

use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, knowledge};
use crate::mesh::host::{fqdn, is_wildcard};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

/// What is known of a host that nothing declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is a partial name of a Service.
    Partial,
    /// It is a wildcard, the name of an app, or lives where the manifests say nothing.
    Unverified,
    /// It should be there, and it is not.
    Unknown,
}

/// The `DestinationRule`s whose host is in such a doubt, and their hosts.
pub fn rule_hosts(cluster: &Cluster, wanted: Doubt) -> Vec<(&Object, &Node)> {
    let apps = apps(cluster);
    let rules = cluster.of(Sort::DestinationRule).filter_map(|it| Some((it, it.spec().get("host")?)));
    rules.filter(|(object, host)| doubt(cluster, &apps, object, host) == Some(wanted)).collect()
}

fn doubt(cluster: &Cluster, apps: &BTreeSet<(&str, &str)>, object: &Object, host: &Node) -> Option<Doubt> {
    let text = host.text().filter(|it| !it.is_empty())?;
    match knowledge(cluster, object, text) {
        Knowledge::Known => None,
        Knowledge::Partial(_) => Some(Doubt::Partial),
        Knowledge::Undescribed => Some(Doubt::Unverified),
        Knowledge::Unknown if is_wildcard(text) || is_app(cluster, apps, object, text) => {
            Some(Doubt::Unverified)
        }
        Knowledge::Unknown => Some(Doubt::Unknown),
    }
}

/// Whether the host has the name of an app of the own namespace, with which Kiali is content.
fn is_app(cluster: &Cluster, apps: &BTreeSet<(&str, &str)>, object: &Object, host: &str) -> bool {
    let own = object.namespace();
    let name = host.split('.').next().unwrap_or_default();
    fqdn(name, own, &cluster.config.cluster_domain) == fqdn(host, own, &cluster.config.cluster_domain)
        && apps.contains(&(own, name))
}

/// The apps that workloads belong to, by namespace.
fn apps(cluster: &Cluster) -> BTreeSet<(&str, &str)> {
    let keys = ["app.kubernetes.io/name", "app", "service.istio.io/canonical-name"];
    let mut found = BTreeSet::new();
    for workload in cluster.workloads() {
        if let Some(name) = keys.iter().find_map(|it| workload.label(it)) {
            found.insert((workload.object.namespace(), name.as_str()));
        }
    }
    found
}
