//! A Sidecar says something about its workloads.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3301",
    name: "empty-sidecar",
    severity: Severity::Error,
    equivalents: &["VAL-SC-01", "IST0106"],
    why: "Istio refuses a Sidecar without egress, ingress, outbound policy and inbound pool: it would replace the defaults by nothing.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { workloadSelector: { labels: { app: web } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { workloadSelector: { labels: { app: web } }, egress: [{ hosts: [./*] }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let lists = ["egress", "ingress"].iter().all(|it| spec.list(it).is_empty());
    let blocks = ["outboundTrafficPolicy", "inboundConnectionPool"].iter().all(|it| !spec.has(it));
    if lists && blocks {
        let finding = findings.at(spec.span, "the Sidecar says nothing");
        findings.push(finding.help("add `egress` with the hosts that the workloads call"));
    }
}
