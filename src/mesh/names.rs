//! Objects by kind, namespace and name: whether what somebody names is there.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object};
use crate::source::Str;

/// The objects of each kind and namespace, by name.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<(Sort, Str), BTreeMap<Str, usize>>);

impl Names {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut this = Self::default();
        for object in cluster.objects() {
            let Some(sort) = object.sort else { continue };
            let there = this.0.entry((sort, object.namespace().into())).or_default();
            there.insert(object.name.value.clone(), object.id);
        }
        this
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
    /// The object of a kind, namespace and name.
    pub fn named(&self, sort: Sort, namespace: &str, name: &str) -> Named<'_> {
        let there = self.names().0.get(&(sort, namespace.into()));
        if let Some(id) = there.and_then(|it| it.get(name)) {
            return Named::There(self.object(*id));
        }
        let declared =
            |it: &crate::mesh::External| it.name == name && it.namespace.as_deref() == Some(namespace);
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
        let Some(there) = self.names().0.get(&(sort, namespace.into())) else { return Vec::new() };
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
}

#[cfg(test)]
mod tests {
    use crate::kube::Sort;
    use crate::mesh::Cluster;
    use crate::mesh::names::Named;

    #[test]
    fn what_is_missing_is_told_from_what_nobody_can_tell() {
        let cluster =
            Cluster::parse("{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: shop } }");
        let named = |sort, namespace, name| cluster.named(sort, namespace, name);
        assert!(matches!(named(Sort::ConfigMap, "shop", "a"), Named::There(it) if it.name.as_str() == "a"));
        assert!(matches!(named(Sort::ConfigMap, "shop", "b"), Named::Missing));
        assert!(matches!(named(Sort::ConfigMap, "bank", "a"), Named::Unknown));
        assert!(matches!(named(Sort::Secret, "shop", "a"), Named::Unknown));
    }
}
