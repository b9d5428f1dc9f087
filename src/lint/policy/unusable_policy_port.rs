//! Ports in a policy are numbers of ports.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::policy::condition::is_port;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4016",
    name: "unusable-policy-port",
    severity: Severity::Error,
    equivalents: &["VAL-AP-04", "IST0106"],
    why: "`ports` are texts that hold the number of a port of the pods, neither a name nor a range; Istio refuses \
          others.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to:
    - operation:
        ports: [\"8080\", http, \"70000\"] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to:
    - operation:
        ports: [\"8080\"]
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].to[].operation.ports[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notPorts[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !is_port(it)) else { return };
    let finding = findings.at(value.span, format!("`{text}` is no number of a port"));
    findings.push(finding.help("write the number of a port of the pods as a text, as `\"8080\"`"));
}
