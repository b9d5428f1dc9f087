//! Whether a DestinationRule is for anything cannot always be said.

use crate::diag::Severity;
use crate::lint::traffic::rule_host::{Doubt, rule_hosts};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3512",
    name: "unverified-rule-host",
    severity: Severity::Info,
    equivalents: &["IST0174"],
    why: "A wildcard stands for hosts that nobody has to declare, and others may live where these files say nothing: istioctl reports all of them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.bank.svc.cluster.local #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.bank.svc.cluster.local
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: bank }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for (object, host) in rule_hosts(cluster, Doubt::Unverified) {
        let Some(text) = host.text() else { continue };
        let finding = findings.on(object, host.span, format!("in these files, nothing declares `{text}`"));
        findings.push(finding.help("lint it together with what declares it, or say `--external`"));
    }
}
