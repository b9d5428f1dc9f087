//! Clients do not send mutual TLS in a mesh that takes none.

use crate::diag::Severity;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4533",
    name: "mutual-calls-to-plain-mesh",
    severity: Severity::Error,
    equivalents: &["KIA0506"],
    why: "A PeerAuthentication that switches mutual TLS off for the mesh breaks the calls for which a \
          DestinationRule for the mesh asks it.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: DISABLE } } #~
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let wide = Wide::of(cluster);
    let mutual = wide.about(mtls::HOST_OF_MESH).find(|it| matches!(it.1, "ISTIO_MUTUAL" | "MUTUAL"));
    let Some((rule, mode)) = mutual else { return };
    for policy in cluster.peer_authentications(cluster.config.root_namespace()) {
        if policy.spec().has("selector") || mtls::mode(policy) != "DISABLE" {
            continue;
        }
        let span = policy.spec().get("mtls").map_or(policy.span(), |it| it.span);
        let message = format!("the mesh takes plain text only, and clients send `{mode}`");
        let finding = findings.on(policy, span, message).related(rule.span(), "what says so");
        findings.push(finding.help("write `mode: PERMISSIVE`, or take the TLS of the DestinationRule away"));
    }
}
