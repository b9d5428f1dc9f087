//! A route delegates to a VirtualService without hosts, which it can see.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3542",
    name: "broken-delegation",
    severity: Severity::Warning,
    equivalents: &["MG-37"],
    why: "Where the delegate is missing, is not exported to the one who delegates, or has hosts of its own, Istio drops the route without a word, and its requests go on to the next.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - delegate: { name: rest } #~
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: rest, namespace: shop }
spec:
  hosts: [ratings]
  http:
  - redirect: { uri: /new }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - delegate: { name: rest }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: rest, namespace: shop }
spec:
  http:
  - redirect: { uri: /new }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let known: BTreeMap<(&str, &str), &Object> =
        cluster.of(Sort::VirtualService).map(|it| ((it.namespace(), it.name.as_str()), it)).collect();
    for object in cluster.of(Sort::VirtualService).filter(|it| !it.spec().list("hosts").is_empty()) {
        object.spec().each_at("http[].delegate", &mut |delegate| {
            let word = |key: &str| delegate.word(key).filter(|it| !it.is_empty()).map(Str::as_str);
            let (Some(name), namespace) = (word("name"), word("namespace").unwrap_or(object.namespace()))
            else {
                return;
            };
            let (message, help) = match known.get(&(namespace, name)) {
                None => (
                    format!("in these files, `{namespace}` has no VirtualService `{name}`"),
                    "name one that there is",
                ),
                Some(it) if !it.spec().list("hosts").is_empty() => (
                    format!("`{name}` has hosts, so it is no delegate"),
                    "take its `hosts` away, or route here",
                ),
                Some(it) if !cluster.is_visible(it, object.namespace()) => (
                    format!("`{name}` is not exported to `{}`", object.namespace()),
                    "add this namespace to its `exportTo`",
                ),
                Some(_) => return,
            };
            findings.push(findings.on(object, delegate.span, message).help(help));
        });
    }
}
