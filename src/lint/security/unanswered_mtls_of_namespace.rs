//! Where clients send mutual TLS to a whole namespace, its servers take it.

use crate::diag::Severity;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG4536",
    name: "unanswered-mtls-of-namespace",
    severity: Severity::Error,
    equivalents: &["KIA0206"],
    why: "With `enableAutoMtls: false` servers take mutual TLS where a PeerAuthentication says so. A DestinationRule \
          that asks clients for it needs one, at least to say that it is meant.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: \"enableAutoMtls: false\" }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } } #~
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: \"enableAutoMtls: false\" }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    if cluster.config.auto_mtls() {
        return;
    }
    let takes = |namespace: &str| {
        let says =
            |it: &Object| !it.spec().has("selector") && matches!(mtls::mode(it), "STRICT" | "PERMISSIVE");
        cluster.peer_authentications(namespace).any(says)
    };
    let root = cluster.config.root_namespace();
    for rule in Wide::of(cluster).rules.into_iter().filter(|it| mtls::tls_mode(it) == "ISTIO_MUTUAL") {
        let host = mtls::host_of_namespace(rule.namespace(), cluster);
        if rule.spec().word("host").is_some_and(|it| *it == host) && !(takes(rule.namespace()) || takes(root))
        {
            let span = rule.spec().at(&["trafficPolicy", "tls"]).map_or(rule.span(), |it| it.span);
            let message = format!("clients send mutual TLS to `{host}`, and no PeerAuthentication takes it");
            findings.push(findings.on(rule, span, message).help("add a PeerAuthentication for it"));
        }
    }
}
