//! A PeerAuthentication of the root namespace is for the mesh.

use crate::diag::Severity;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::authentication::is_wide;

pub static RULE: Rule = Rule {
    code: "MG4572",
    name: "ignored-root-selector",
    severity: Severity::Warning,
    equivalents: &["MG-19"],
    why: "istiod ignores a PeerAuthentication of the root namespace that selects workloads.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: gateway, namespace: istio-system } #~
spec: { selector: { matchLabels: { app: gateway } }, mtls: { mode: STRICT } }
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.peer_authentications(cluster.config.root_namespace()).filter(|it| !is_wide(it)) {
        let message = format!("`{}` selects workloads in the root namespace, and is ignored", policy.name);
        let finding = findings.on(policy, policy.span(), message);
        findings.push(finding.help("put it into the namespace of the workloads"));
    }
}
