//! A pattern of identities names the trust domain of the mesh.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::identity;
use crate::lint::security::known;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4576",
    name: "untranslated-trust-domain",
    severity: Severity::Warning,
    equivalents: &["MG-24"],
    why: "Istio puts the trust domain of the mesh in place of `cluster.local` only in whole identities; a pattern \
          stays as it is and matches nobody.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  rules: [{ from: [{ source: { principals: [\"example.org/ns/web/*\"] } }] }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  rules: [{ from: [{ source: { principals: [\"cluster.local/ns/web/*\"] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = cluster.config.trust_domain();
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        for value in walk::rules(policy).iter().flat_map(walk::sources).flat_map(|it| it.list("principals")) {
            let Some(pattern) = value.text().filter(|it| it.ends_with('*') && !it.starts_with('*')) else {
                continue;
            };
            let Some((said, _)) = pattern.split_once("/ns/") else { continue };
            // Only with all its five parts it is read as an identity.
            let is_whole = pattern.split('/').count() == 5 && identity::domains(cluster).contains(said);
            if said == domain || is_whole || said.contains('*') {
                continue;
            }
            let message =
                format!("`{pattern}` is of the trust domain `{said}`, and the mesh's is `{domain}`");
            let finding = findings.on(policy, value.span, message);
            let finding = known::unless_elsewhere(finding, cluster.config.is_given());
            findings.push(finding.help(format!("write `{domain}/…`")));
        }
    }
}
