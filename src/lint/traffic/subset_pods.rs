//! The subsets of `DestinationRule`s, and whether there are pods for them.

use ecow::EcoVec;

use crate::kube::Sort;
use crate::mesh::host::is_wildcard;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// How a subset stands to the pods of the manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pods {
    /// Pods behind the host belong to it.
    Fit,
    /// Pods have its labels, but none behind the host.
    Elsewhere,
    /// There are none, and for this host there need not be.
    Unverified,
    /// There are none.
    Missing,
}

/// A subset, the DestinationRule that defines it and how it stands to the pods.
pub struct Found<'m> {
    /// The DestinationRule.
    pub rule: &'m Object,
    /// The subset.
    pub subset: &'m Node,
    /// What declares the host.
    pub target: &'m Object,
    /// How it stands to the pods.
    pub pods: Pods,
}

/// Every subset of a host that the manifests declare. Of two with one name, the last counts.
pub fn subsets(cluster: &Cluster) -> Vec<Found<'_>> {
    let nodes: Vec<&Object> = cluster.objects().iter().filter(|it| it.kind == "Node").collect();
    let mut found = Vec::new();
    for rule in cluster.of(Sort::DestinationRule) {
        let Some(host) = rule.spec().word("host") else { continue };
        let target = cluster.destination(host, rule.namespace(), rule.spec().list("exportTo"));
        let Some(target) = target else { continue };
        let list = rule.spec().list("subsets");
        for (at, subset) in list.iter().enumerate().filter(|it| !it.1.is_null()) {
            let name = subset.word("name");
            if list[at + 1..].iter().all(|it| it.word("name") != name) {
                let pods = pods(cluster, &nodes, host, target, subset.pairs("labels"));
                found.push(Found { rule, subset, target, pods });
            }
        }
    }
    found
}

fn pods(cluster: &Cluster, nodes: &[&Object], host: &str, target: &Object, labels: &[Entry]) -> Pods {
    let (places, own): (Vec<&Entry>, Vec<&Entry>) = labels.iter().partition(|it| is_place(&it.key));
    let mut wanted: EcoVec<Entry> = own.into_iter().cloned().collect();
    if let Some(selector) = target.spec().get("workloadSelector") {
        // What the subset says of a label counts.
        let said = |it: &&Entry| labels.iter().all(|own| own.key.value != it.key.value);
        wanted.extend(selector.pairs("labels").iter().filter(said).cloned());
    }
    let stands = |it: &Workload<'_>| places.iter().all(|place| is_at(nodes, *it, place));
    let mut fitting = cluster.selected(None, &wanted).filter(|it| stands(it)).peekable();
    if fitting.peek().is_none() {
        let endpoints = target.spec().list("endpoints");
        let carried = |entry: &Entry, end: &Node| {
            end.get("labels").and_then(|it| it.word(&entry.key)) == entry.value.text()
        };
        let by_endpoint = endpoints.iter().any(|end| labels.iter().all(|it| carried(it, end)));
        return if labels.is_empty() || by_endpoint { Pods::Unverified } else { Pods::Missing };
    }
    let selector = target.spec().pairs("selector");
    if !target.is(Sort::Service) || selector.is_empty() || labels.is_empty() || is_wildcard(host) {
        return Pods::Fit;
    }
    let namespace = target.namespace();
    let behind = |it: Workload<'_>| it.object.namespace() == namespace && it.carries(selector);
    if fitting.any(behind) { Pods::Fit } else { Pods::Elsewhere }
}

/// Labels that pods have from the machine that they run on.
fn is_place(key: &str) -> bool {
    matches!(
        key,
        "topology.kubernetes.io/region"
            | "topology.kubernetes.io/zone"
            | "topology.istio.io/subzone"
            | "kubernetes.io/hostname"
    )
}

/// Whether pods of a workload may run at a place. Of what has no place yet, nobody knows.
fn is_at(nodes: &[&Object], workload: Workload<'_>, place: &Entry) -> bool {
    let Some(wanted) = place.value.text() else { return false };
    if workload.label(&place.key) == Some(wanted) {
        return true;
    }
    let machine = workload.pod_spec().word("nodeName").filter(|it| !it.is_empty());
    let Some(machine) = machine else { return !wanted.is_empty() && !workload.object.is(Sort::Pod) };
    if place.key.as_str() == "kubernetes.io/hostname" {
        return machine == wanted;
    }
    let node = nodes.iter().find(|it| it.name.as_str() == machine);
    !wanted.is_empty() && node.and_then(|it| it.label(&place.key)).map(Str::as_str) == Some(wanted.as_str())
}
