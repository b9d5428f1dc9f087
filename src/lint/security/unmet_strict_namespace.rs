//! Where a namespace takes nothing but mutual TLS, clients send it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4538",
    name: "unmet-strict-namespace",
    severity: Severity::Error,
    equivalents: &["KIA0501"],
    why: "With `enableAutoMtls: false` clients send mutual TLS where a DestinationRule says so. Servers that take \
          nothing else are reached by nobody without one.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: \"enableAutoMtls: false\" }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } } #~
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: \"enableAutoMtls: false\" }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: \"*.shop.svc.cluster.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    if cluster.config.auto_mtls() {
        return;
    }
    let wide = Wide::of(cluster);
    let sends = |host: &str| wide.about(host).any(|it| it.1 == "ISTIO_MUTUAL");
    for policy in cluster.of(Sort::PeerAuthentication) {
        let is_root = policy.namespace() == cluster.config.root_namespace();
        if is_root
            || policy.spec().has("selector")
            || mtls::mode(policy) != "STRICT"
            || sends(mtls::HOST_OF_MESH)
            || sends(&mtls::host_of_namespace(policy.namespace(), cluster))
        {
            continue;
        }
        let span = policy.spec().get("mtls").map_or(policy.span(), |it| it.span);
        let message = format!(
            "`{}` takes nothing but mutual TLS, and no client is told to send it",
            policy.namespace()
        );
        findings.push(
            findings
                .on(policy, span, message)
                .help("add a DestinationRule with `tls: { mode: ISTIO_MUTUAL }`"),
        );
    }
}
