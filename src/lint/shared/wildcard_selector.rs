//! A selector names labels and their values, not patterns.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3090",
    name: "wildcard-in-selector",
    severity: Severity::Error,
    equivalents: &["VAL-SEL", "IST0106"],
    why: "Labels are compared as they stand, so a `*` selects nothing and an empty key is none; Istio refuses both.",
    bad: r#"
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: "reviews-*" } } #~
"#,
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews } }
",
    run: Run::Values(
        &[
            (Sort::Sidecar, "spec.workloadSelector.labels"),
            (Sort::EnvoyFilter, "spec.workloadSelector.labels"),
            (Sort::ServiceEntry, "spec.workloadSelector.labels"),
            (Sort::DestinationRule, "spec.workloadSelector.matchLabels"),
            (Sort::PeerAuthentication, "spec.selector.matchLabels"),
            (Sort::RequestAuthentication, "spec.selector.matchLabels"),
            (Sort::AuthorizationPolicy, "spec.selector.matchLabels"),
            (Sort::Telemetry, "spec.selector.matchLabels"),
            (Sort::WasmPlugin, "spec.selector.matchLabels"),
            (Sort::TrafficExtension, "spec.selector.matchLabels"),
            (Sort::ProxyConfig, "spec.selector.matchLabels"),
        ],
        run,
    ),
};

fn run(labels: &Node, findings: &mut Findings<'_>) {
    for entry in labels.entries() {
        let value = entry.value.text().map_or("", Str::as_str);
        let (span, message) = if entry.key.is_empty() {
            (entry.key.span, "a label has a key, and here it is empty".to_owned())
        } else if entry.key.contains('*') {
            (entry.key.span, format!("`{}` has a `*`, and a selector knows no patterns", entry.key))
        } else if value.contains('*') {
            (entry.value.span, format!("`{value}` has a `*`, and a selector knows no patterns"))
        } else {
            continue;
        };
        findings.push(findings.at(span, message).help("write the label as the pods carry it"));
    }
}
