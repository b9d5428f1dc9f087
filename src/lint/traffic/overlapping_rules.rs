//! A subset of a host is defined once, and rules for one host do not overlap.

use std::cell::RefCell;
use std::collections::BTreeMap;

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

/// The rules of one host so far, by subset; `~` stands for a rule without subsets. Of those that were told already, one
/// is kept.
type Rules = RefCell<BTreeMap<String, Vec<usize>>>;

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let known = Namespaces::of(cluster);
    let mut before: Hosts<Rules> = Hosts::default();
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
    for rule in cluster.of(Sort::DestinationRule) {
        let host = rule.spec().word("host").map_or("", Str::as_str);
        if is_wide_mtls(cluster, rule, host) {
            continue;
        }
        let names: Vec<String> = match rule.spec().list("subsets") {
            [] => vec!["~".to_owned()],
            list => {
                list.iter().map(|it| it.word("name").map(ToString::to_string).unwrap_or_default()).collect()
            }
        };
        let host = resolved(cluster, &known, host, rule.namespace());
        for (_, rules) in before.overlapping(&host) {
            collide(rule.id, &names, &mut rules.borrow_mut(), &mut told);
        }
        if before.same(&host).next().is_none() {
            before.insert(&host, Rules::default());
        }
        for rules in before.same(&host) {
            for name in &names {
                rules.borrow_mut().entry(name.clone()).or_default().push(rule.id);
            }
        }
    }
    for (rule, other) in told {
        let (rule, other) = (cluster.object(rule), cluster.object(other));
        let span = rule.spec().get("host").map_or(rule.span(), |it| it.span);
        let message =
            format!("the DestinationRule `{}` says the same subsets of this host, or all of it", other.name);
        let finding = findings.on(rule, span, message).related(other.span(), "the other");
        findings.push(finding.help("make it one DestinationRule"));
    }
}

fn collide(
    rule: usize,
    names: &[String],
    before: &mut BTreeMap<String, Vec<usize>>,
    told: &mut BTreeMap<usize, usize>,
) {
    let whole = names == ["~"];
    for (_, rules) in before.iter_mut().filter(|it| whole || it.0 == "~" || names.contains(it.0)) {
        for other in rules.iter() {
            told.entry(*other).or_insert(rule);
        }
        if let Some(other) = rules.first() {
            told.entry(rule).or_insert(*other);
        }
        rules.truncate(1);
    }
}

/// Rules that only turn mutual TLS on, for the mesh or a namespace, are meant to stand beside others.
fn is_wide_mtls(cluster: &Cluster, rule: &Object, host: &str) -> bool {
    let wide = format!("*.{}.svc.{}", rule.namespace(), cluster.config.cluster_domain);
    let mode = rule.spec().at(&["trafficPolicy", "tls", "mode"]).and_then(Node::text);
    (host == "*.local" || host == wide) && mode.is_some_and(|it| it == "ISTIO_MUTUAL")
}
