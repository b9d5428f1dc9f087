//! A policy is for a Service, a ServiceEntry, a Gateway of the Gateway API or a GatewayClass, of its own namespace.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::source::Str;
use crate::yaml::Kind;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3093",
    name: "unattachable-target",
    severity: Severity::Error,
    equivalents: &["VAL-TREF2", "IST0106"],
    why: "Istio attaches policies to nothing else and refuses the reference.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  targetRefs: [{ group: apps, kind: Deployment, name: reviews }] #~
",
    good: r#"
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  targetRefs: [{ group: "", kind: Service, name: reviews }]
"#,
    run: Run::Values(
        &[
            (Sort::AuthorizationPolicy, "spec.targetRef"),
            (Sort::AuthorizationPolicy, "spec.targetRefs[]"),
            (Sort::RequestAuthentication, "spec.targetRef"),
            (Sort::RequestAuthentication, "spec.targetRefs[]"),
            (Sort::Telemetry, "spec.targetRef"),
            (Sort::Telemetry, "spec.targetRefs[]"),
            (Sort::WasmPlugin, "spec.targetRef"),
            (Sort::WasmPlugin, "spec.targetRefs[]"),
            (Sort::TrafficExtension, "spec.targetRef"),
            (Sort::TrafficExtension, "spec.targetRefs[]"),
        ],
        run,
    ),
};

fn run(target: &Node, findings: &mut Findings<'_>) {
    const TARGETS: [(&str, &str); 4] = [
        ("", "Service"),
        ("networking.istio.io", "ServiceEntry"),
        ("gateway.networking.k8s.io", "Gateway"),
        ("gateway.networking.k8s.io", "GatewayClass"),
    ];
    if !matches!(target.kind, Kind::Map(_)) {
        return;
    }
    let word = |key: &str| target.word(key).map_or("", Str::as_str);
    let span = |key: &str| target.entry(key).map_or(target.span, |it| it.value.span);
    if let Some(name) = target.entry("name").filter(|it| it.value.text().is_some_and(Str::is_empty)) {
        findings.push(
            findings
                .at(name.value.span, "the name of this target is empty")
                .help("name what the policy is for"),
        );
    }
    if !word("namespace").is_empty() {
        let message = format!(
            "the target is in `{}`, and a policy is for things of its own namespace",
            word("namespace")
        );
        findings.push(
            findings
                .at(span("namespace"), message)
                .help("move the policy there, and take the namespace away"),
        );
    }
    // Where the key is missing, the shape of the kind says it.
    let group = if word("group") == "core" { "" } else { word("group") };
    if target.has("kind") && !TARGETS.contains(&(group, word("kind"))) {
        let message = format!("a policy is not for `{}` of the group `{}`", word("kind"), word("group"));
        let right = TARGETS.iter().find(|it| it.1 == word("kind"));
        let help = match right {
            Some((group, kind)) => format!("`{kind}` is of the group `{group}`"),
            None => "a policy is for a Service, a ServiceEntry, a Gateway or a GatewayClass".to_owned(),
        };
        findings.push(findings.at(span("kind"), message).help(help));
    }
}
