//! A ReferenceGrant grants something to a namespace that is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::places;

pub static RULE: Rule = Rule {
    code: "MG3815",
    name: "unknown-grant-source",
    severity: Severity::Warning,
    equivalents: &["KIA1601"],
    why: "A grant for a namespace that is not there grants nothing; a misspelt name refuses those it was meant for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: edge }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: egde }], to: [{ group: \"\", kind: Service }] } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: edge }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge }], to: [{ group: \"\", kind: Service }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(known) = places::known(cluster) else { return };
    for grant in cluster.of(Sort::ReferenceGrant) {
        for source in grant.spec().list("from") {
            let Some(text) = source.said("namespace").filter(|it| !known.contains(it.as_str())) else {
                continue;
            };
            let message = format!("these files have no namespace `{text}`");
            let finding = findings.on(grant, source.spot("namespace"), message);
            findings.push(finding.suggest(text, known.iter().copied()));
        }
    }
}
