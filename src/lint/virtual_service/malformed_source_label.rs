//! A match by labels of the caller names labels that pods can have.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::matches;
use crate::lint::words::label::{label_key, label_value};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3027",
    name: "malformed-source-label",
    severity: Severity::Error,
    equivalents: &["VAL-VS-15", "VAL-LABEL", "IST0106"],
    why: "No pod carries a label of any other form; Istio refuses the match.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ sourceLabels: { app: "web front" } }] #~
    route: [{ destination: { host: reviews } }]
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ sourceLabels: { app: web-front } }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in matches(object).flat_map(|it| it.pairs("sourceLabels")) {
        if let Err(reason) = label_key(&entry.key) {
            let message = format!("`{}` is no key of a label: {reason}", entry.key);
            findings.push(findings.at(entry.key.span, message).help("write the label as the pods carry it"));
        }
        if let Some((text, Err(reason))) = entry.value.text().map(|it| (it, label_value(it))) {
            let message = format!("`{text}` is no value of a label: {reason}");
            findings
                .push(findings.at(entry.value.span, message).help("write the label as the pods carry it"));
        }
    }
}
