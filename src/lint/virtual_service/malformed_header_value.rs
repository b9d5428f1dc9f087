//! The value of a header is text without control characters, and a `%` in it opens a variable of Envoy.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::operations;
use crate::lint::words::header::header_value;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3030",
    name: "malformed-header-value",
    severity: Severity::Error,
    equivalents: &["VAL-VS-16", "IST0106"],
    why: "Envoy refuses the whole configuration of a route whose variables it cannot read, so Istio refuses the VirtualService first.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    headers: { request: { set: { x-share: 50% } } } #~
",
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    headers: { request: { set: { x-share: 50%%, x-pod: "%ENVIRONMENT(HOSTNAME)%" } } }
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    operations(object, &mut |it| {
        let Some(value) = it.value else { return };
        if let Some((text, Err(reason))) = value.text().map(|it| (it, header_value(it))) {
            let message = format!("`{}` is no value of a header: {reason}", text.escape_debug());
            findings.push(findings.at(value.span, message).help("write `%%` for a percent sign"));
        }
    });
}
