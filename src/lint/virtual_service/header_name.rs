//! A match of headers names a header, a pseudo-header or a claim.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::words::header;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3023",
    name: "malformed-header-match",
    severity: Severity::Error,
    equivalents: &["VAL-VS-13", "IST0106"],
    why: "No request has a header of any other name; Istio refuses such a match.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { "x user": { exact: a } } }] #~
    route: [{ destination: { host: reviews } }]
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { x-user: { exact: a } } }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for part in http(object).flat_map(|it| it.list("match")) {
        for entry in part.pairs("headers").iter().chain(part.pairs("withoutHeaders")) {
            if let Err(reason) = header::matched_header_name(&entry.key) {
                let message = format!("`{}` is no name of a header: {reason}", entry.key);
                findings.push(
                    findings.at(entry.key.span, message).help("write the name of a header, as `x-user`"),
                );
            }
        }
    }
}
