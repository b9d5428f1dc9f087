//! Hosts for which the sidecars of the mesh find more than one VirtualService.
//!
//! Source: `ConflictingMeshGatewayHostsAnalyzer` of `pkg/config/analysis/analyzers/virtualservice`.

use std::collections::{BTreeMap, BTreeSet};

use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_mesh;
use crate::mesh::host::{fqdn, is_wildcard};
use crate::mesh::hosts::Hosts;
use crate::mesh::{Cluster, Object};
use crate::source::{Span, Str};

/// A VirtualService that shares a host with another.
pub struct Conflict<'m> {
    /// The VirtualService.
    pub object: &'m Object,
    /// The host.
    pub host: Str,
    /// Where it stands there.
    pub span: Span,
    /// One that it shares the host with.
    pub other: &'m Object,
}

/// A host of a VirtualService.
#[derive(Clone, Copy)]
struct Entry<'m> {
    object: &'m Object,
    span: Span,
}

/// The `VirtualService`s that share hosts, by their ids.
pub fn mesh_conflicts(cluster: &Cluster) -> BTreeMap<usize, Conflict<'_>> {
    let scoped = by_scope(cluster);
    let mut public: Hosts<&[Entry<'_>]> = Hosts::default();
    for ((scope, host), entries) in &scoped {
        if scope == "*" {
            public.insert(host, entries);
        }
    }
    let mut found = BTreeMap::new();
    let mut compared: BTreeSet<&str> = BTreeSet::new();
    for ((scope, host), entries) in &scoped {
        let mut group: Vec<Entry<'_>> = entries.clone();
        if scope != "*" {
            // Of several scopes with one host, the first has the public ones told.
            let first = compared.insert(host.as_str());
            let others = public.overlapping(host).flat_map(|it| it.1.iter());
            group.extend(others.take(if first { usize::MAX } else { 1 }));
        }
        if group.len() > 1 {
            tell(&group, host, &mut found);
        }
    }
    found
}

fn tell<'m>(group: &[Entry<'m>], host: &Str, found: &mut BTreeMap<usize, Conflict<'m>>) {
    let first = group[0].object;
    let second = group.iter().map(|it| it.object).find(|it| it.id != first.id).unwrap_or(first);
    for Entry { object, span } in group {
        let other = if object.id == first.id { second } else { first };
        let conflict = || Conflict { object, host: host.clone(), span: *span, other };
        found.entry(object.id).or_insert_with(conflict);
    }
}

/// The `VirtualService`s of the mesh by the namespace that sees them (`*` for all) and by host.
fn by_scope(cluster: &Cluster) -> BTreeMap<(Str, Str), Vec<Entry<'_>>> {
    let mut found: BTreeMap<(Str, Str), Vec<Entry<'_>>> = BTreeMap::new();
    for object in cluster.of(Sort::VirtualService).filter(|it| is_for_mesh(it)) {
        let own = object.namespace();
        let said: Vec<&str> =
            object.spec().list("exportTo").iter().filter_map(|it| it.text()).map(Str::as_str).collect();
        let scopes: BTreeSet<&str> = if said.is_empty() || said.contains(&"*") {
            BTreeSet::from(["*"])
        } else {
            said.into_iter().map(|it| if it == "." { own } else { it }).collect()
        };
        for host in object.spec().list("hosts") {
            let Some(text) = host.text() else { continue };
            let full = if is_wildcard(text) {
                text.clone()
            } else {
                fqdn(text, own, &cluster.config.cluster_domain)
            };
            for scope in &scopes {
                let entry = Entry { object, span: host.span };
                found.entry(((*scope).into(), full.clone())).or_default().push(entry);
            }
        }
    }
    found
}
