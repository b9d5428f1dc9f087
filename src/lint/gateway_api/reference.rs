//! References of the Gateway API: what a route, a listener or a filter names, and whether it may.

use std::collections::{BTreeMap, BTreeSet};

use crate::kube::Sort;
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

/// The group of the Gateway API.
pub const GROUP: &str = "gateway.networking.k8s.io";

/// The kinds of routes.
pub const ROUTES: [Sort; 5] =
    [Sort::HttpRoute, Sort::GrpcRoute, Sort::TlsRoute, Sort::TcpRoute, Sort::UdpRoute];

/// An object that another one names.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'m> {
    /// Where it is named.
    pub node: &'m Node,
    /// The group of its kind.
    pub group: &'m str,
    /// Its kind.
    pub kind: &'m str,
    /// Its namespace.
    pub namespace: &'m str,
    /// Its name.
    pub name: &'m str,
}

impl<'m> Reference<'m> {
    fn of(node: &'m Node, from: &'m Object, (group, kind): (&'static str, &'static str)) -> Option<Self> {
        let word = |key: &str, default: &'m str| node.word(key).map_or(default, |it| it.as_str());
        let namespace = node.said("namespace").map_or(from.namespace(), |it| it.as_str());
        let name = node.said("name")?;
        Some(Self { node, group: word("group", group), kind: word("kind", kind), namespace, name })
    }

    /// What a route is attached to.
    pub fn parent(node: &'m Node, from: &'m Object) -> Option<Self> {
        Self::of(node, from, (GROUP, "Gateway"))
    }

    /// What a route sends requests to.
    pub fn backend(node: &'m Node, from: &'m Object) -> Option<Self> {
        Self::of(node, from, ("", "Service"))
    }

    /// Where a listener has its certificate from.
    pub fn certificate(node: &'m Node, from: &'m Object) -> Option<Self> {
        Self::of(node, from, ("", "Secret"))
    }

    /// Whether it is of a kind.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.group == group && self.kind == kind
    }
}

/// What a route is attached to.
pub fn parents(route: &Object) -> impl Iterator<Item = Reference<'_>> {
    route.spec().list("parentRefs").iter().filter_map(|it| Reference::parent(it, route))
}

/// What a route sends requests to, copies included.
pub fn backends(route: &Object) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for path in [
        "spec.rules[].backendRefs[]",
        "spec.rules[].filters[].requestMirror.backendRef",
        "spec.rules[].backendRefs[].filters[].requestMirror.backendRef",
    ] {
        route.node.each_at(path, &mut |it| found.extend(Reference::backend(it, route)));
    }
    found
}

/// What grants of references allow.
pub struct Grants<'m>(BTreeMap<&'m str, Vec<&'m Node>>);

impl<'m> Grants<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        let mut this: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for grant in cluster.of(Sort::ReferenceGrant) {
            this.entry(grant.namespace()).or_default().push(grant.spec());
        }
        Self(this)
    }

    /// Whether an object may name what it names: within its namespace always, elsewhere by a grant of that place.
    pub fn allow(&self, from: &Object, to: &Reference<'_>) -> bool {
        let is = |node: &Node, key: &str, value: &str| node.word(key).map_or("", |it| it.as_str()) == value;
        let grants = self.0.get(to.namespace).into_iter().flatten();
        from.namespace() == to.namespace
            || grants.into_iter().any(|grant| {
                let group = from.sort.map_or("", Sort::group);
                let mut sources = grant.list("from").iter();
                let mut targets = grant.list("to").iter();
                sources.any(|it| {
                    is(it, "group", group)
                        && is(it, "kind", &from.kind)
                        && is(it, "namespace", from.namespace())
                }) && targets.any(|it| {
                    let named = it.said("name").is_none_or(|it| it == to.name);
                    is(it, "group", to.group) && is(it, "kind", to.kind) && named
                })
            })
    }
}

/// The namespaces in which the files have objects of a kind: what is missing there is missing.
pub fn described(cluster: &Cluster, sort: Sort) -> BTreeSet<&str> {
    cluster.of(sort).map(Object::namespace).collect()
}
