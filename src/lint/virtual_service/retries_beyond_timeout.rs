//! All attempts together fit into the timeout of a route.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::words::duration::nanoseconds;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3065",
    name: "retries-beyond-timeout",
    severity: Severity::Warning,
    equivalents: &["MG-34"],
    why: "The timeout counts for all attempts: where one try may take nearly all of it, the retries that follow are cut off.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    timeout: 5s #~
    retries: { attempts: 3, perTryTimeout: 4s }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    timeout: 15s
    retries: { attempts: 3, perTryTimeout: 4s }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let (Some(timeout), Some(retries)) = (route.get("timeout"), route.get("retries")) else { continue };
        let length = |it: &Node| it.text().and_then(|it| nanoseconds(it));
        let (whole, one) = (length(timeout), retries.get("perTryTimeout").and_then(length));
        let (Some(whole), Some(one), Some(attempts)) = (whole, one, retries.whole("attempts")) else {
            continue;
        };
        if attempts > 0 && whole > 0 && one.saturating_mul(attempts) > whole {
            let message = format!("{attempts} retries that may take so long do not fit into this timeout");
            let span = retries.get("perTryTimeout").map_or(retries.span, |it| it.span);
            let finding = findings.at(timeout.span, message).related(span, "each try");
            findings.push(finding.help("make the timeout longer, or the tries shorter"));
        }
    }
}
