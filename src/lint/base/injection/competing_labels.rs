//! Of the labels that bring a namespace into the mesh, it has one.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injection::{DATAPLANE, INJECTION, REVISION};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG5203",
    name: "competing-mesh-labels",
    severity: Severity::Warning,
    equivalents: &["IST0123", "MG-33"],
    why: "`istio-injection` wins over `istio.io/rev`, so that an upgrade by revision never reaches the pods; and pods \
          with a sidecar in an ambient namespace are half of each.",
    bad: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    istio.io/rev: canary #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio.io/rev: canary
---
apiVersion: v1
kind: Namespace
metadata:
  name: batch
  labels:
    istio-injection: disabled
    istio.io/rev: canary
",
    run: Run::Each(&[Sort::Namespace], run),
};

fn run(namespace: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let find = |key: &str| namespace.labels().iter().find(|it| it.key.as_str() == key);
    let injection = find(INJECTION);
    let opted_out = injection.is_some_and(|it| it.value.text().is_none_or(|it| it != "enabled"));
    let own = [REVISION, DATAPLANE].into_iter().filter(|_| !opted_out).filter_map(find);
    let all: Vec<&Entry> = injection.into_iter().chain(own).collect();
    let (Some(first), [_, .., last]) = (all.first(), all.as_slice()) else { return };
    if namespace.name.as_str() == "istio-system" || namespace.is_of_kubernetes() {
        return;
    }
    let words: Vec<String> = all.iter().map(|it| format!("`{}`", it.key)).collect();
    let message =
        format!("`{}` asks for the mesh in more than one way: {}", namespace.name, words.join(", "));
    let finding = findings.at(last.key.span, message).related(first.key.span, "the first");
    findings.push(finding.help("keep one of these labels"));
}
