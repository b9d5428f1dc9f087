//! A DestinationRule for a Service of another namespace names it in full.

use crate::diag::Severity;
use crate::lint::traffic::rule_host::{Doubt, rule_hosts};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::destination::meant;

pub static RULE: Rule = Rule {
    code: "MG3513",
    name: "partial-rule-host",
    severity: Severity::Warning,
    equivalents: &["MG-02", "IST0174"],
    why: "Only a name without a dot is completed: a rule for `reviews.shop` is for no host at all and is never applied.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.shop #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews.shop.svc.cluster.local
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for (object, host) in rule_hosts(cluster, Doubt::Partial) {
        let Some((text, service)) = host.text().and_then(|it| Some((it, meant(cluster, it)?))) else {
            continue;
        };
        let full = cluster.host_of(service);
        let finding = findings.on(object, host.span, format!("nobody completes `{text}` to `{full}`"));
        let mut finding = finding.help(format!("write `{full}`"));
        finding.fix = Some(full.to_string());
        findings.push(finding);
    }
}
