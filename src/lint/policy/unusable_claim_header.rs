//! Claims go to headers with plain names.

use crate::diag::Severity;
use crate::kube::Sort::RequestAuthentication;
use crate::lint::words::header::strict_header_name;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4034",
    name: "unusable-claim-header",
    severity: Severity::Error,
    equivalents: &["VAL-RA-01", "IST0106"],
    why: "Envoy puts claims of a token into headers; Istio takes names of letters, digits, `-` and `_` for them.",
    bad: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    outputClaimToHeaders: [{ header: x.group, claim: group }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    outputClaimToHeaders: [{ header: x-group, claim: group }]
",
    run: Run::Values(&[(RequestAuthentication, "spec.jwtRules[].outputClaimToHeaders[].header")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    // An empty one is told with the shape of the field.
    let Some(name) = value.text().filter(|it| !it.is_empty()) else { return };
    if let Err(reason) = strict_header_name(name) {
        let finding = findings.at(value.span, format!("`{name}` is no header for a claim: {reason}"));
        findings.push(finding.help("write a name such as `x-group`"));
    }
}
