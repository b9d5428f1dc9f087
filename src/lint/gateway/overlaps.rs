//! Which selectors of Gateways stand for some of the same pods.
//!
//! Source: `ConflictingGatewayAnalyzer` of istioctl: two selectors are compared if the text of one is in the other and
//! some pod has the labels of both. Here it is the pods that bring selectors together, so that not all are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::kube::Sort;
use crate::mesh::gateway::selector_text;
use crate::mesh::{Cluster, Object};
use crate::source::Str;

/// Selectors by number, and which are near which.
pub struct Overlaps {
    numbers: BTreeMap<Str, usize>,
    near: Vec<BTreeSet<usize>>,
}

/// The pods of the ingress gateway that may be written down elsewhere, among the ids of workloads.
const STOCK: usize = usize::MAX;

impl Overlaps {
    /// Those of a cluster.
    pub fn of(cluster: &Cluster) -> Self {
        let mut numbers: BTreeMap<Str, usize> = BTreeMap::new();
        let mut by_pod: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut texts: Vec<Str> = Vec::new();
        for gateway in cluster.of(Sort::Gateway) {
            let selector = gateway.spec().pairs("selector");
            let text = selector_text(selector);
            if numbers.contains_key(&text) {
                continue;
            }
            let number = texts.len();
            numbers.insert(text.clone(), number);
            texts.push(text);
            let pods = cluster.gateway_pods(selector);
            let ids = pods.workloads.iter().map(|it| it.object.id).chain(pods.has_stock.then_some(STOCK));
            ids.for_each(|it| by_pod.entry(it).or_default().push(number));
        }
        let mut near = vec![BTreeSet::new(); texts.len()];
        for selectors in by_pod.values() {
            for (place, one) in selectors.iter().enumerate() {
                for other in &selectors[place + 1..] {
                    let (a, b) = (texts[*one].as_str(), texts[*other].as_str());
                    if a.contains(b) || b.contains(a) {
                        near[*one].insert(*other);
                        near[*other].insert(*one);
                    }
                }
            }
        }
        Self { numbers, near }
    }

    /// The number of a Gateway's selector.
    pub fn selector(&self, gateway: &Object) -> usize {
        let text = selector_text(gateway.spec().pairs("selector"));
        self.numbers.get(&text).copied().unwrap_or_default()
    }

    /// The other selectors that stand for some of the same pods.
    pub fn near(&self, selector: usize) -> &BTreeSet<usize> {
        &self.near[selector]
    }
}
