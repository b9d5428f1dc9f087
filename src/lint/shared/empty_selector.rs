//! A selector that selects by nothing selects every workload.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Kind;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3091",
    name: "empty-selector",
    severity: Severity::Warning,
    equivalents: &["VAL-SEL-EMPTY", "IST0133"],
    why: "It reads as if it were for some workloads, and it is for all of the namespace; Istio warns.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  selector: {} #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews } }
",
    run: Run::Values(
        &[
            (Sort::Sidecar, "spec.workloadSelector"),
            (Sort::EnvoyFilter, "spec.workloadSelector"),
            (Sort::ServiceEntry, "spec.workloadSelector"),
            (Sort::DestinationRule, "spec.workloadSelector"),
            (Sort::PeerAuthentication, "spec.selector"),
            (Sort::RequestAuthentication, "spec.selector"),
            (Sort::AuthorizationPolicy, "spec.selector"),
            (Sort::Telemetry, "spec.selector"),
            (Sort::WasmPlugin, "spec.selector"),
            (Sort::TrafficExtension, "spec.selector"),
            (Sort::ProxyConfig, "spec.selector"),
        ],
        run,
    ),
};

fn run(selector: &Node, findings: &mut Findings<'_>) {
    let labels = ["matchLabels", "labels"].iter().all(|it| selector.pairs(it).is_empty());
    if labels && matches!(selector.kind, Kind::Map(_)) {
        let finding = findings.at(selector.span, "this selector has no labels, so every workload fits");
        findings.push(finding.help("name the labels of the pods, or leave the selector out"));
    }
}
