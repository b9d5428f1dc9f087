//! Who comes from another trust domain is known there only.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::identity;
use crate::lint::security::known;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4526",
    name: "foreign-caller",
    severity: Severity::Warning,
    equivalents: &["KIA0108"],
    why: "An identity of a trust domain that is neither the mesh's nor one of its aliases comes from elsewhere, if \
          at all: nobody here can say whether it exists.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { principals: [example.org/ns/web/sa/front] } }] #~
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
  - from: [{ source: { principals: [cluster.local/ns/web/sa/front] } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        for value in walk::rules(policy).iter().flat_map(walk::sources).flat_map(|it| it.list("principals")) {
            let Some(principal) = value.text().filter(|it| identity::is_foreign(it, cluster)) else {
                continue;
            };
            let message = format!("the trust domain of `{principal}` is not the mesh's");
            let finding = findings.on(policy, value.span, message);
            let finding = known::unless_elsewhere(finding, cluster.config.is_given());
            findings.push(finding.help(format!("the mesh's is `{}`", cluster.config.trust_domain())));
        }
    }
}
