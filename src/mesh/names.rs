//! Objects by kind, namespace and name: whether what somebody names is there.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::OnceLock;

use crate::kube::Sort;
use crate::mesh::{Cluster, External, Object};
use crate::source::Str;

/// The objects of one kind: by namespace, then by name.
type Index = BTreeMap<Str, BTreeMap<Str, usize>>;

/// An index a kind, made when the kind is first asked for.
#[derive(Debug)]
pub struct Names(Vec<OnceLock<Index>>);

impl Default for Names {
    fn default() -> Self {
        Self((0..Sort::COUNT).map(|_| OnceLock::new()).collect())
    }
}

/// What the files know of an object that somebody names.
#[derive(Clone, Copy, Debug)]
pub enum Named<'m> {
    /// It is there.
    There(&'m Object),
    /// It was declared to live elsewhere.
    Elsewhere,
    /// The files have others of its kind in its namespace, and not this one.
    Missing,
    /// The files have none of its kind there: nobody can tell.
    Unknown,
}

impl Cluster {
    /// The object of a kind, a namespace and a name; of twins, the first. Not for kinds of the whole cluster.
    pub fn named(&self, sort: Sort, namespace: &str, name: &str) -> Option<&Object> {
        self.names_of(sort, namespace)?.get(name).map(|it| self.object(*it))
    }

    /// What the files know of the object of a kind, a namespace and a name.
    pub fn look_up(&self, sort: Sort, namespace: &str, name: &str) -> Named<'_> {
        let there = self.names_of(sort, namespace);
        if let Some(id) = there.and_then(|it| it.get(name)) {
            return Named::There(self.object(*id));
        }
        let declared = |it: &External| it.name == name && it.namespace.as_deref() == Some(namespace);
        match there {
            _ if self.externals.iter().any(declared) => Named::Elsewhere,
            Some(_) => Named::Missing,
            None => Named::Unknown,
        }
    }

    /// The names of objects of a kind in a namespace that stand next to a name in the alphabet: of few, all. To
    /// compare a misspelt name with every other would be too much where many are misspelt.
    pub fn names_beside(&self, sort: Sort, namespace: &str, name: &str) -> Vec<&str> {
        const EACH_SIDE: usize = 40;
        let Some(there) = self.names_of(sort, namespace) else { return Vec::new() };
        let before = there.range::<str, _>((Bound::Unbounded, Bound::Excluded(name))).rev().take(EACH_SIDE);
        let mut found: Vec<&str> = before.map(|it| it.0.as_str()).collect();
        found.reverse();
        found.extend(
            there
                .range::<str, _>((Bound::Included(name), Bound::Unbounded))
                .take(EACH_SIDE)
                .map(|it| it.0.as_str()),
        );
        found
    }

    fn names_of(&self, sort: Sort, namespace: &str) -> Option<&BTreeMap<Str, usize>> {
        let index = self.names.0[sort as usize].get_or_init(|| {
            let mut index = Index::new();
            for object in self.of(sort) {
                let names = index.entry(object.namespace().into()).or_default();
                names.entry(object.name.value.clone()).or_insert(object.id);
            }
            index
        });
        index.get(namespace)
    }
}

#[cfg(test)]
mod tests {
    use crate::kube::Sort;
    use crate::mesh::Cluster;
    use crate::mesh::names::Named;

    #[test]
    fn an_object_is_found_by_its_kind_its_namespace_and_its_name() {
        let cluster = Cluster::parse(
            "{ apiVersion: v1, kind: Service, metadata: { name: a } }\n---\n{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: b } }",
        );
        let id = |namespace| cluster.named(Sort::Service, namespace, "a").map(|it| it.id);
        assert_eq!([id("default"), id("b"), id("c")], [Some(0), Some(1), None]);
        assert!(cluster.named(Sort::Gateway, "b", "a").is_none());
    }

    #[test]
    fn what_is_missing_is_told_from_what_nobody_can_tell() {
        let cluster =
            Cluster::parse("{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: shop } }");
        let look_up = |sort, namespace, name| cluster.look_up(sort, namespace, name);
        assert!(matches!(look_up(Sort::ConfigMap, "shop", "a"), Named::There(it) if it.name.as_str() == "a"));
        assert!(matches!(look_up(Sort::ConfigMap, "shop", "b"), Named::Missing));
        assert!(matches!(look_up(Sort::ConfigMap, "bank", "a"), Named::Unknown));
        assert!(matches!(look_up(Sort::Secret, "shop", "a"), Named::Unknown));
    }
}
