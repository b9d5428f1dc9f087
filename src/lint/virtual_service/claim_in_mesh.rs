//! Only gateways route by claims of tokens.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, is_for_gateways};
use crate::lint::words::header;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3009",
    name: "claim-in-mesh",
    severity: Severity::Error,
    equivalents: &["VAL-VS-07", "IST0106"],
    why: "Sidecars do not keep the claims that a route could look at; Istio refuses such a match unless the VirtualService is bound to gateways only.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { "@request.auth.claims.group": { exact: beta } } }] #~
    route: [{ destination: { host: reviews } }]
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [shop/public]
  http:
  - match: [{ headers: { "@request.auth.claims.group": { exact: beta } } }]
    route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_for_gateways(object) {
        return;
    }
    for part in http(object).flat_map(|it| it.list("match")) {
        for entry in part.pairs("headers").iter().chain(part.pairs("withoutHeaders")) {
            if header::is_claim(&entry.key) {
                let message = format!("`{}` is a claim, and only gateways route by claims", entry.key);
                findings.push(
                    findings.at(entry.key.span, message).help("bind it to `gateways` other than `mesh`"),
                );
            }
        }
    }
}
