//! Policies by the labels that they choose workloads by: whom a workload's labels fit is found without asking all.

use std::collections::BTreeMap;

use crate::mesh::Object;
use crate::source::Str;
use crate::yaml::Entry;

/// Namespace, key and value.
type Label = (Str, Str, Str);

/// Policies of a kind.
#[derive(Debug, Default)]
pub struct Choice {
    /// Those that choose, by that of their labels which the fewest of them have.
    by_label: BTreeMap<Label, Vec<usize>>,
    /// Those that choose nobody in particular, by namespace.
    wide: BTreeMap<Str, Vec<usize>>,
}

impl Choice {
    /// Takes policies in, in their order.
    pub fn of<'m>(policies: &[&'m Object], chosen: fn(&'m Object) -> &'m [Entry]) -> Self {
        let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
        for policy in policies {
            for entry in chosen(policy) {
                *counts.entry(label(policy.namespace(), entry)).or_default() += 1;
            }
        }
        let mut this = Self::default();
        for policy in policies {
            let labels = chosen(policy).iter().map(|it| label(policy.namespace(), it));
            match labels.min_by_key(|it| counts.get(it).copied()) {
                Some(rarest) => this.by_label.entry(rarest).or_default().push(policy.id),
                None => this.wide.entry(policy.namespace().into()).or_default().push(policy.id),
            }
        }
        this
    }

    /// Those of a namespace that choose nobody in particular.
    pub fn wide(&self, namespace: &str) -> &[usize] {
        self.wide.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// Those of a namespace that share a label with a workload; whether the others fit is still to be asked.
    pub fn near<'c>(&'c self, namespace: &'c str, labels: &'c [Entry]) -> impl Iterator<Item = usize> {
        let found = labels.iter().filter_map(move |it| self.by_label.get(&label(namespace, it)));
        found.flatten().copied()
    }
}

fn label(namespace: &str, entry: &Entry) -> Label {
    (namespace.into(), entry.key.value.clone(), entry.value.text().cloned().unwrap_or_default())
}

/// Whether labels are all among others.
pub fn are_among(labels: &[Entry], others: &[Entry]) -> bool {
    let same = |a: &Entry, b: &Entry| a.key.value == b.key.value && a.value.text() == b.value.text();
    labels.iter().all(|it| others.iter().any(|other| same(it, other)))
}
