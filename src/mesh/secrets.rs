//! The Secrets that the files make: as such, or by an object that a controller makes one of.

use std::collections::{BTreeMap, BTreeSet};

use crate::mesh::Cluster;
use crate::source::Str;

/// Names of Secrets by namespace.
pub struct Secrets<'m>(BTreeMap<&'m str, BTreeSet<&'m str>>);

impl<'m> Secrets<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        let mut this: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for object in cluster.objects() {
            let name = match object.kind.as_str() {
                "Secret" | "SealedSecret" => Some(object.name.as_str()),
                // Of cert-manager.
                "Certificate" => object.spec().said("secretName").map(Str::as_str),
                "ExternalSecret" => {
                    let target = object.spec().get("target").and_then(|it| it.said("name"));
                    Some(target.map_or(object.name.as_str(), |it| it.as_str()))
                }
                _ => None,
            };
            if let Some(name) = name {
                this.entry(object.namespace()).or_default().insert(name);
            }
        }
        Self(this)
    }

    /// Whether there is one of a name.
    pub fn has(&self, namespace: &str, name: &str) -> bool {
        self.0.get(namespace).is_some_and(|it| it.contains(name))
    }

    /// Whether the files make any Secret of a namespace.
    pub fn knows(&self, namespace: &str) -> bool {
        self.0.contains_key(namespace)
    }

    /// The names of a namespace.
    pub fn names(&self, namespace: &str) -> impl Iterator<Item = &'m str> {
        self.0.get(namespace).into_iter().flatten().copied()
    }
}
