//! Keys are fetched by HTTP.

use crate::diag::Severity;
use crate::kube::Sort::RequestAuthentication;
use crate::lint::words::uri;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4031",
    name: "unreachable-key-set",
    severity: Severity::Error,
    equivalents: &["VAL-RA-01", "IST0106"],
    why: "istiod fetches the keys of an issuer by HTTP or HTTPS; Istio refuses any other address.",
    bad: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    jwksUri: file:///etc/keys.json #~
",
    good: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    jwksUri: https://example.com/keys.json
",
    run: Run::Values(
        &[
            (RequestAuthentication, "spec.jwtRules[].jwksUri"),
            (RequestAuthentication, "spec.jwtRules[].jwks_uri"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    let flaw = match uri::uri(text) {
        Err(reason) => Some(reason),
        Ok(it) if it.scheme.eq_ignore_ascii_case("http") || it.scheme.eq_ignore_ascii_case("https") => None,
        Ok(it) if it.scheme.is_empty() => Some("it has no scheme".to_owned()),
        Ok(it) => Some(format!("its scheme is `{}`", it.scheme)),
    };
    if let Some(reason) = flaw {
        let finding = findings.at(value.span, format!("`{text}` is no address of keys: {reason}"));
        findings.push(finding.help("write `https://…` or `http://…`"));
    }
}
