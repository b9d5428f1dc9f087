//! Some annotations are only for Istio itself.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3094",
    name: "reserved-annotation",
    severity: Severity::Error,
    equivalents: &["VAL-META1", "IST0106"],
    why: "With them Istio marks what it made of Gateway API objects, or tests its webhook; it refuses objects of others that carry them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
  annotations: { internal.istio.io/parents: HTTPRoute/reviews.shop } #~
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }] }] }
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
            Sort::AuthorizationPolicy,
            Sort::Telemetry,
            Sort::WasmPlugin,
            Sort::TrafficExtension,
        ],
        run,
    ),
};

/// Source: `pkg/config/constants`.
const RESERVED: [&str; 3] = [
    "internal.istio.io/webhook-always-reject",
    "internal.istio.io/parent-namespace",
    "internal.istio.io/parents",
];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in object.annotations().iter().filter(|it| RESERVED.contains(&it.key.as_str())) {
        let finding = findings.at(entry.key.span, format!("`{}` is only for Istio itself", entry.key));
        findings.push(finding.help("take it away"));
    }
}
