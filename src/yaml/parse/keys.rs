//! The keys of one mapping: which stand twice, and what `<<` puts under them.

use std::collections::BTreeMap;

use ecow::EcoVec;

use crate::source::Str;
use crate::yaml::{Entry, Node};

/// Below this, comparing each key with each is cheaper than sorting them.
const FEW: usize = 12;

/// The places of every key that stood before, each with the place where it stood first; in no certain order.
pub fn duplicates(entries: &[Entry]) -> Vec<(usize, usize)> {
    if entries.len() <= FEW {
        let first = |at: &usize| entries[..*at].iter().position(|it| it.key == entries[*at].key);
        return (1..entries.len()).filter_map(|at| first(&at).map(|first| (at, first))).collect();
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_unstable_by(|a, b| (&entries[*a].key.value, *a).cmp(&(&entries[*b].key.value, *b)));
    let runs = order.chunk_by(|a, b| entries[*a].key == entries[*b].key);
    runs.flat_map(|run| run[1..].iter().map(|again| (*again, run[0]))).collect()
}

/// The written entries laid over those of the merged mappings, of which the earlier ones win.
pub fn merge(written: EcoVec<Entry>, under: &[Node]) -> EcoVec<Entry> {
    let mut all = EcoVec::new();
    let mut places: BTreeMap<Str, usize> = BTreeMap::new();
    for entry in under.iter().flat_map(Node::entries) {
        if !places.contains_key(&entry.key.value) {
            places.insert(entry.key.value.clone(), all.len());
            all.push(entry.clone());
        }
    }
    for entry in written {
        match places.get(&entry.key.value) {
            Some(place) => all.make_mut()[*place] = entry,
            None => all.push(entry),
        }
    }
    all
}
