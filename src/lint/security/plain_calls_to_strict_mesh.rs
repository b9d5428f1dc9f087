//! Clients do not send plain text in a mesh that takes none.

use crate::diag::Severity;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG4531",
    name: "plain-calls-to-strict-mesh",
    severity: Severity::Error,
    equivalents: &["KIA0208"],
    why: "A DestinationRule that switches TLS off for the mesh or a namespace breaks every call where the mesh takes \
          nothing but mutual TLS.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: DISABLE } } } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let strict = |it: &&Object| !it.spec().has("selector") && mtls::mode(it) == "STRICT";
    let Some(policy) = cluster.peer_authentications(cluster.config.root_namespace()).find(strict) else {
        return;
    };
    for rule in Wide::of(cluster).rules {
        if mtls::tls_mode(rule) != "DISABLE" || !is_broken(rule, cluster) {
            continue;
        }
        let span = rule.spec().at(&["trafficPolicy", "tls"]).map_or(rule.span(), |it| it.span);
        let finding = findings.on(rule, span, "clients send plain text in a mesh that takes mutual TLS only");
        let finding = finding.related(policy.span(), "what says so");
        findings.push(finding.help("write `mode: ISTIO_MUTUAL`, or leave `tls` out"));
    }
}

/// Whether nothing nearer than the mesh says what the servers take.
fn is_broken(rule: &Object, cluster: &Cluster) -> bool {
    let Some(host) = rule.spec().word("host") else { return false };
    if host == mtls::HOST_OF_MESH {
        return true;
    }
    let namespace = rule.namespace();
    let says = |it: &Object| {
        !it.spec().has("selector") && matches!(mtls::mode(it), "STRICT" | "PERMISSIVE" | "DISABLE")
    };
    *host == mtls::host_of_namespace(namespace, cluster) && !cluster.peer_authentications(namespace).any(says)
}
