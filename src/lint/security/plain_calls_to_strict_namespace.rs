//! Clients do not send plain text to a namespace that takes none.

use crate::diag::Severity;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4530",
    name: "plain-calls-to-strict-namespace",
    severity: Severity::Error,
    equivalents: &["KIA0207"],
    why: "A DestinationRule that switches TLS off for a namespace whose PeerAuthentication takes nothing but mutual \
          TLS breaks every call.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: DISABLE } } } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: DISABLE } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for rule in Wide::of(cluster).rules {
        let namespace = rule.namespace();
        let is_own =
            rule.spec().word("host").is_some_and(|it| *it == mtls::host_of_namespace(namespace, cluster));
        if !is_own || mtls::tls_mode(rule) != "DISABLE" {
            continue;
        }
        // The first that says something decides; the mesh's own is another rule's matter.
        let mut policies = cluster.peer_authentications(namespace).filter(|it| !it.spec().has("selector"));
        let said = policies.find(|it| matches!(mtls::mode(it), "STRICT" | "PERMISSIVE"));
        if let Some(policy) = said.filter(|it| mtls::mode(it) == "STRICT") {
            let span = rule.spec().at(&["trafficPolicy", "tls"]).map_or(rule.span(), |it| it.span);
            let message = format!("clients send plain text to `{namespace}`, which takes mutual TLS only");
            let finding = findings.on(rule, span, message).related(policy.span(), "what says so");
            findings.push(finding.help("write `mode: ISTIO_MUTUAL`, or leave `tls` out"));
        }
    }
}
