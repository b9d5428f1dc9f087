//! A DestinationRule is for a host that the mesh knows.

use crate::diag::Severity;
use crate::lint::traffic::route::short_names;
use crate::lint::traffic::rule_host::{Doubt, rule_hosts};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3511",
    name: "unknown-rule-host",
    severity: Severity::Warning,
    equivalents: &["IST0174", "KIA0202"],
    why: "A rule for a host that nothing declares is never applied.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: ratings #~
  trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST } }
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
  host: reviews
  trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST } }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for (object, host) in rule_hosts(cluster, Doubt::Unknown) {
        let Some(text) = host.text() else { continue };
        let finding = findings.on(object, host.span, format!("no Service or ServiceEntry declares `{text}`"));
        let finding = finding.help("name one that does, or declare the host by a ServiceEntry");
        if text.contains('.') {
            findings.push(finding);
        } else {
            findings.push(finding.suggest(text, short_names(cluster, object.namespace())));
        }
    }
}
