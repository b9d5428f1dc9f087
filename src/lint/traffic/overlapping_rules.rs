//! A subset of a host is defined once, and rules for one host do not overlap.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::short_host::{Namespaces, resolved};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::hosts::Hosts;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3525",
    name: "overlapping-rules",
    severity: Severity::Warning,
    equivalents: &["KIA0201"],
    why: "Istio merges the rules of one host by age and takes the first of what stands twice; between a wildcard and a name, only the name counts.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews #~
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: more, namespace: shop }
spec:
  host: reviews #~
  subsets: [{ name: v1, labels: { version: v1-1 } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: more, namespace: shop }
spec:
  host: ratings
  subsets: [{ name: v1, labels: { version: v1-1 } }]
",
    run: Run::All(run),
};

/// The rules so far. Of two for one host and subset, the first stands for both: they tell each other.
#[derive(Default)]
struct Before {
    /// By subset and host.
    named: BTreeMap<String, Hosts<usize>>,
    /// Those without subsets, which are for every subset.
    whole: Hosts<usize>,
    /// All of them; of those that were told, one.
    all: Hosts<RefCell<Vec<usize>>>,
    /// Each that overlaps with another, and the other.
    told: BTreeMap<usize, usize>,
}

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let known = Namespaces::of(cluster);
    let mut before = Before::default();
    for rule in cluster.of(Sort::DestinationRule) {
        let host = rule.spec().word("host").map_or("", Str::as_str);
        if !is_wide_mtls(cluster, rule, host) {
            let names: BTreeSet<String> = rule
                .spec()
                .list("subsets")
                .iter()
                .map(|it| it.word("name").map(ToString::to_string).unwrap_or_default())
                .collect();
            before.add(rule.id, &resolved(cluster, &known, host, rule.namespace()), names);
        }
    }
    for (rule, other) in before.told {
        let (rule, other) = (cluster.object(rule), cluster.object(other));
        let span = rule.spec().get("host").map_or(rule.span(), |it| it.span);
        let message =
            format!("the DestinationRule `{}` says the same subsets of this host, or all of it", other.name);
        let finding = findings.on(rule, span, message).related(other.span(), "the other");
        findings.push(finding.help("make it one DestinationRule"));
    }
}

impl Before {
    fn add(&mut self, rule: usize, host: &str, names: BTreeSet<String>) {
        let mut others: Vec<usize> = Vec::new();
        if !names.is_empty() {
            // Who has this host already was compared with those without subsets: one of them is enough.
            let most = if self.all.same(host).next().is_some() { 1 } else { usize::MAX };
            others.extend(self.whole.overlapping(host).take(most).map(|it| *it.1));
            for name in names {
                let of_name = self.named.entry(name).or_default();
                if let Some(first) = of_name.same(host).next() {
                    others.push(*first);
                } else {
                    others.extend(of_name.overlapping(host).map(|it| *it.1));
                    of_name.insert(host, rule);
                }
            }
        } else if let Some(first) = self.whole.same(host).next() {
            others.push(*first);
        } else {
            for (_, rules) in self.all.overlapping(host) {
                others.extend(rules.borrow().iter().copied());
                rules.borrow_mut().truncate(1);
            }
            self.whole.insert(host, rule);
        }
        for other in &others {
            self.told.entry(*other).or_insert(rule);
            self.told.entry(rule).or_insert(*other);
        }
        let there = self.all.same(host).next();
        match there {
            Some(rules) => rules.borrow_mut().push(rule),
            None => self.all.insert(host, RefCell::new(vec![rule])),
        }
    }
}

/// Rules that only turn mutual TLS on, for the mesh or a namespace, are meant to stand beside others.
fn is_wide_mtls(cluster: &Cluster, rule: &Object, host: &str) -> bool {
    let wide = format!("*.{}.svc.{}", rule.namespace(), cluster.config.cluster_domain);
    let mode = rule.spec().at(&["trafficPolicy", "tls", "mode"]).and_then(Node::text);
    (host == "*.local" || host == wide) && mode.is_some_and(|it| it == "ISTIO_MUTUAL")
}
