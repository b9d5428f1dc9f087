//! Clients do not send mutual TLS to servers that take none.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4532",
    name: "mutual-calls-to-plain-namespace",
    severity: Severity::Error,
    equivalents: &["KIA0505"],
    why: "A PeerAuthentication that switches mutual TLS off for a namespace breaks the calls for which a \
          DestinationRule for the namespace or the mesh asks it.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } } #~
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: DISABLE } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let wide = Wide::of(cluster);
    for policy in cluster.of(Sort::PeerAuthentication) {
        let namespace = policy.namespace();
        if namespace == cluster.config.root_namespace()
            || policy.spec().has("selector")
            || mtls::mode(policy) != "DISABLE"
        {
            continue;
        }
        let is_mutual = |mode: &str| matches!(mode, "ISTIO_MUTUAL" | "MUTUAL");
        let host = mtls::host_of_namespace(namespace, cluster);
        let own = wide.about(&host).find(|it| is_mutual(it.1) || it.1 == "DISABLE");
        let found = match own {
            Some(own) => Some(own).filter(|it| is_mutual(it.1)),
            None => wide.about(mtls::HOST_OF_MESH).find(|it| is_mutual(it.1)),
        };
        let Some((rule, mode)) = found else { continue };
        let span = policy.spec().get("mtls").map_or(policy.span(), |it| it.span);
        let message = format!("`{namespace}` takes plain text only, and clients send `{mode}`");
        let finding = findings.on(policy, span, message).related(rule.span(), "what says so");
        findings.push(finding.help("write `mode: PERMISSIVE`, or take the TLS of the DestinationRule away"));
    }
}
