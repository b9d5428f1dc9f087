//! Only an AuthorizationPolicy can be tried out.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3095",
    name: "dry-run-of-anything",
    severity: Severity::Error,
    equivalents: &["VAL-META2", "IST0106"],
    why: "Nothing else has a dry run: Istio refuses the annotation rather than enforce what was only meant to be tried.",
    bad: r#"
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop, annotations: { istio.io/dry-run: "true" } } #~
spec: { mtls: { mode: STRICT } }
"#,
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
",
    run: Run::Each(
        &[
            Sort::VirtualService,
            Sort::DestinationRule,
            Sort::Gateway,
            Sort::ServiceEntry,
            Sort::Sidecar,
            Sort::WorkloadEntry,
            Sort::WorkloadGroup,
            Sort::ProxyConfig,
            Sort::EnvoyFilter,
            Sort::PeerAuthentication,
            Sort::RequestAuthentication,
            Sort::Telemetry,
            Sort::WasmPlugin,
            Sort::TrafficExtension,
        ],
        run,
    ),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in object.annotations().iter().filter(|it| it.key.as_str() == "istio.io/dry-run") {
        let message =
            format!("a {} cannot be tried out: only an AuthorizationPolicy has a dry run", object.kind);
        findings.push(findings.at(entry.key.span, message).help("take the annotation away"));
    }
}
