//! Objects by kind, namespace and name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object};
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

impl Cluster {
    /// The object of a kind, a namespace and a name; of twins, the first. Not for kinds of the whole cluster.
    pub fn named(&self, sort: Sort, namespace: &str, name: &str) -> Option<&Object> {
        let index = self.names.0[sort as usize].get_or_init(|| {
            let mut index = Index::new();
            for object in self.of(sort) {
                let names = index.entry(object.namespace().into()).or_default();
                names.entry(object.name.value.clone()).or_insert(object.id);
            }
            index
        });
        index.get(namespace)?.get(name).map(|it| self.object(*it))
    }
}

#[cfg(test)]
mod tests {
    use crate::kube::Sort;
    use crate::mesh::Cluster;

    #[test]
    fn an_object_is_found_by_its_kind_its_namespace_and_its_name() {
        let cluster = Cluster::parse(
            "{ apiVersion: v1, kind: Service, metadata: { name: a } }\n---\n{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: b } }",
        );
        let id = |namespace| cluster.named(Sort::Service, namespace, "a").map(|it| it.id);
        assert_eq!([id("default"), id("b"), id("c")], [Some(0), Some(1), None]);
        assert!(cluster.named(Sort::Gateway, "b", "a").is_none());
    }
}
