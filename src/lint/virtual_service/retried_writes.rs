//! Requests that write are not sent twice.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3067",
    name: "retried-writes",
    severity: Severity::Warning,
    equivalents: &["MG-34"],
    why: "A retry after an answer of the 500s, or after a connection that broke, repeats what may have been done already: an order is placed twice.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ method: { exact: POST } }]
    route: [{ destination: { host: reviews } }]
    retries: { attempts: 3, retryOn: "5xx,connect-failure" } #~
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ method: { exact: POST } }]
    route: [{ destination: { host: reviews } }]
    retries: { attempts: 3, retryOn: "connect-failure,refused-stream" }
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

/// Conditions that may hold after a request has been acted upon.
const LATE: [&str; 4] = ["5xx", "gateway-error", "reset", "retriable-4xx"];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let Some(retries) = route.get("retries").filter(|it| it.whole("attempts").is_some_and(|it| it > 0))
        else {
            continue;
        };
        let Some(conditions) = retries.get("retryOn") else { continue };
        let writes = |it: &Node| {
            let method = it.at(&["method", "exact"]).and_then(Node::text);
            method.is_some_and(|it| it == "POST" || it == "PATCH")
        };
        let matches = route.list("match");
        let late = conditions.text().and_then(|it| it.split(',').find(|it| LATE.contains(it)));
        if let Some(late) = late.filter(|_| !matches.is_empty() && matches.iter().all(writes)) {
            let message = format!("retries on `{late}` may do twice what this route writes");
            findings.push(
                findings.at(conditions.span, message).help("retry on `connect-failure,refused-stream` only"),
            );
        }
    }
}
