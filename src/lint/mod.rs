//! Manifests judged by Istio's own rules, Kiali's and ours, whoever wrote them.

mod base;
mod boundary;
mod destination_rule;
mod extension;
mod gateway;
mod gateway_api;
mod observability;
mod policy;
#[cfg(test)]
mod proof;
mod rule;
mod security;
mod shared;
mod traffic;
mod undecidable;
mod virtual_service;
mod words;

use crate::diag::Diagnostics;
use crate::kube::{self, Sort};
use crate::mesh::{Cluster, Object};

pub use rule::{Findings, Rule, Run};
pub use undecidable::{UNDECIDABLE, Undecidable};

/// The rules of every room.
const ROOMS: &[&[&Rule]] = &[
    virtual_service::RULES,
    shared::RULES,
    destination_rule::RULES,
    gateway::RULES,
    boundary::RULES,
    traffic::RULES,
    gateway_api::RULES,
    policy::RULES,
    security::RULES,
    base::RULES,
    observability::RULES,
    extension::RULES,
];

/// Every rule about manifests, by room.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ROOMS.iter().copied().flatten().copied()
}

/// Judges a cluster: first each document by the shape of its kind, then everything by the rules.
pub fn lint(cluster: &Cluster, diags: &mut Diagnostics) {
    lint_by(&|_, _| false, cluster, diags);
}

/// The same, where somebody else knows the shapes of some kinds, and judges those in place of us: he is asked of every
/// object, and says whether he did.
pub fn lint_by(
    definitions: &dyn Fn(&Object, &mut Diagnostics) -> bool,
    cluster: &Cluster,
    diags: &mut Diagnostics,
) {
    let by_sort = by_sort();
    for object in cluster.objects() {
        shape(definitions, object, diags);
        for rule in object.sort.map_or(&[][..], |it| &by_sort[it as usize]) {
            rule.apply_to(object, cluster, diags);
        }
    }
    for rule in rules().filter(|it| matches!(it.run, Run::All(_))) {
        rule.apply(cluster, diags);
    }
}

/// Unknown keys, wrong types, missing keys: what the API server says of a document by itself.
fn shape(definitions: &dyn Fn(&Object, &mut Diagnostics) -> bool, object: &Object, diags: &mut Diagnostics) {
    let told = diags.len();
    if !definitions(object, diags) {
        // A kind that nobody knows is no mistake: somebody's operator knows it.
        kube::judge(&object.api_version, &object.kind, &object.node, diags);
    }
    for finding in diags.since(told) {
        finding.object = Some(Box::new(object.title()));
    }
}

/// The rules that are asked of objects of each kind.
fn by_sort() -> Vec<Vec<&'static Rule>> {
    let mut table = vec![Vec::new(); Sort::COUNT];
    for rule in rules() {
        let mut sorts: Vec<Sort> = match rule.run {
            Run::Values(places, _) => places.iter().map(|it| it.0).collect(),
            Run::Each(sorts, _) => sorts.to_vec(),
            Run::All(_) => Vec::new(),
        };
        sorts.sort_unstable();
        sorts.dedup();
        for sort in sorts {
            table[sort as usize].push(rule);
        }
    }
    table
}
