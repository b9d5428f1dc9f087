//! Who says how to retry says how often.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, set};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3037",
    name: "contradictory-retries",
    severity: Severity::Error,
    equivalents: &["VAL-VS-21", "IST0106"],
    why: "With no attempts there are no retries, so nothing else can be said of them; Istio refuses such a policy, and less than no attempts.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    retries: { retryOn: 5xx, perTryTimeout: 2s } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    retries: { attempts: 3, retryOn: 5xx, perTryTimeout: 2s }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in http(object).filter_map(|it| it.entry("retries")) {
        let retries = &entry.value;
        let attempts = retries.whole("attempts").unwrap_or_default();
        let said = ["perTryTimeout", "retryRemoteLocalities"].iter().find(|it| retries.has(it)).copied();
        let said = said.or_else(|| set(retries, "retryOn").map(|_| "retryOn"));
        let span = retries.entry("attempts").map_or(entry.key.span, |it| it.value.span);
        let message = match said {
            _ if attempts < 0 => format!("`{attempts}` attempts are less than none"),
            Some(key) if attempts == 0 => format!("there are no attempts, so `{key}` says nothing"),
            _ => continue,
        };
        findings.push(findings.at(span, message).help("write `attempts: 2` or more, or take the rest away"));
    }
}
