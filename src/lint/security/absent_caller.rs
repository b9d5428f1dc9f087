//! An identity in a policy is somebody's.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::identity::{self, Identities};
use crate::lint::security::known;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4525",
    name: "absent-caller",
    severity: Severity::Error,
    equivalents: &["KIA0106"],
    why: "An identity is made of the trust domain, the namespace and the service account of the caller; one that \
          nobody has matches nobody.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: front, namespace: web }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { principals: [cluster.local/ns/web/sa/frnt] } }] #~
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: front, namespace: web }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { principals: [cluster.local/ns/web/sa/front, \"*/sa/front\", \"*\"] } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let identities = Identities::of(cluster);
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        for value in walk::rules(policy).iter().flat_map(walk::sources).flat_map(|it| it.list("principals")) {
            let Some(principal) = value.text().filter(|it| !it.is_empty()) else { continue };
            if identities.fits(principal) || identity::is_foreign(principal, cluster) {
                continue;
            }
            let message = format!("no workload in these files has the identity `{principal}`");
            let finding = findings.on(policy, value.span, message);
            let namespace = identity::namespace(principal);
            let is_decided =
                namespace.is_some_and(|it| identities.has_namespace(it)) || known::is_whole(cluster);
            let finding = known::unless_elsewhere(finding, is_decided);
            findings.push(finding.suggest(principal, identities.beside(principal)));
        }
    }
}
