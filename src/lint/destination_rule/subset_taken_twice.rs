//! Of a DestinationRule, no two subsets have the same name.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub static RULE: Rule = Rule {
    code: "MG3106",
    name: "subset-taken-twice",
    severity: Severity::Error,
    equivalents: &["VAL-DR-04", "IST0106"],
    why: "Istio refuses the object: a route that names the subset would not know which pods it means.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }, { name: v1, labels: { version: v2 } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    for name in object.spec().list("subsets").iter().filter_map(|it| it.get("name")) {
        let Some(text) = name.text() else { continue };
        match taken.entry(text) {
            Entry::Vacant(free) => {
                free.insert(name.span);
            }
            Entry::Occupied(first) => {
                let finding = findings.at(name.span, format!("a second subset is named `{text}`"));
                findings
                    .push(finding.related(*first.get(), "the first").help("give one of them another name"));
            }
        }
    }
}
