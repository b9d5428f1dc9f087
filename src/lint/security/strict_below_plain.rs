//! Clients know of a workload that takes nothing but mutual TLS.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::authentication::{Mode, is_wide};
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG4571",
    name: "strict-below-plain",
    severity: Severity::Error,
    equivalents: &["MG-19"],
    why: "Clients look at the modes of the namespace and of the mesh to choose what they send: under a DISABLE they \
          send plain text to every workload, also to one that takes nothing but mutual TLS.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: hello, namespace: shop } #~
spec: { selector: { matchLabels: { app: hello } }, mtls: { mode: STRICT } }
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: hello, namespace: shop }
spec: { selector: { matchLabels: { app: hello } }, mtls: { mode: STRICT } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::PeerAuthentication).filter(|it| !is_wide(it)) {
        let namespace = policy.namespace();
        if namespace == cluster.config.root_namespace()
            || Mode::of(policy.spec().get("mtls")) != Some(Mode::Strict)
        {
            continue;
        }
        let (mode, wide) = cluster.mode_of_namespace(namespace);
        if mode == Mode::Disable {
            let message = format!(
                "`{}` takes nothing but mutual TLS, and clients send plain text to `{namespace}`",
                policy.name
            );
            let finding = findings.on(policy, policy.span(), message);
            let finding = finding.related(wide.map_or(Span::NONE, Object::span), "what says so");
            findings
                .push(finding.help("write `PERMISSIVE` for the whole, and `DISABLE` for those that need it"));
        }
    }
}
