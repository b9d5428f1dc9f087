//! The gateways that `VirtualService`s name, and the pods that they run in.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};

/// The Gateways of a cluster, by namespace and name.
pub struct Gateways<'m>(BTreeMap<(&'m str, &'m str), &'m Object>);

impl<'m> Gateways<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        Self(cluster.of(Sort::Gateway).map(|it| ((it.namespace(), it.name.as_str()), it)).collect())
    }

    /// The Gateway that an object names: `name`, `./name`, `namespace/name` or the old `name.namespace`.
    pub fn named(&self, object: &Object, text: &str) -> Option<&'m Object> {
        let own = object.namespace();
        let (namespace, name) = match text.split_once('/') {
            Some((".", name)) => (own, name),
            Some(both) => both,
            None => text
                .split_once('.')
                .map_or((own, text), |(name, rest)| (rest.split('.').next().unwrap_or(rest), name)),
        };
        self.0.get(&(namespace, name)).copied()
    }
}

/// The workloads whose pods a Gateway configures.
pub fn workloads<'m>(cluster: &'m Cluster, gateway: &'m Object) -> impl Iterator<Item = Workload<'m>> {
    let selector = gateway.spec().pairs("selector");
    let found = (!selector.is_empty()).then(|| cluster.selected(None, selector));
    found.into_iter().flatten()
}
