//! What speaks of a workload, found by one label of its selector: a mesh may have thousands of both.

use std::collections::BTreeMap;

use crate::graph::facts::Labels;

/// Things that have a namespace and a selector, by place.
#[derive(Default)]
pub struct Near<'a> {
    whole: BTreeMap<&'a str, Vec<usize>>,
    by_label: BTreeMap<(&'a str, &'a str, &'a str), Vec<usize>>,
}

impl<'a> Near<'a> {
    /// Of namespaces and selectors, in the order of their places.
    pub fn of<'s>(all: impl Iterator<Item = (&'a str, &'s Labels<'a>)>) -> Self
    where
        'a: 's,
    {
        let mut made = Self::default();
        for (place, (namespace, selector)) in all.enumerate() {
            match selector.first() {
                Some((key, value)) => made.by_label.entry((namespace, key, value)).or_default().push(place),
                None => made.whole.entry(namespace).or_default().push(place),
            }
        }
        made
    }

    /// Those of a namespace without a selector: they are about all of its workloads.
    pub fn whole(&self, namespace: &str) -> &[usize] {
        self.whole.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// Those of a namespace whose selectors may fit these labels, in the order of their places.
    pub fn chosen(&self, namespace: &str, labels: &Labels<'_>) -> Vec<usize> {
        let mut found = Vec::new();
        for (key, value) in labels {
            found.extend(self.by_label.get(&(namespace, *key, *value)).into_iter().flatten());
        }
        found.sort_unstable();
        found
    }
}
