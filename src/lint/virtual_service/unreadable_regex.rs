//! A regular expression is one of RE2, and not too long.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::words::regex::istio_regex;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3025",
    name: "unreadable-regex",
    severity: Severity::Error,
    equivalents: &["VAL-VS-13", "VAL-VS-14", "VAL-VS-18", "VAL-VS-23", "IST0106"],
    why: "Envoy matches with RE2, which neither looks around nor refers back. Istio compiles each expression first and refuses what does not.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { regex: "/(?!admin).*" } }] #~
    route: [{ destination: { host: reviews } }]
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { regex: "/(api|static)/.*" } }]
    route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

/// Where an expression is, and whether `*` stands for any value there.
const PLACES: &[(&str, bool)] = &[
    ("match[].uri.regex", false),
    ("match[].scheme.regex", false),
    ("match[].method.regex", false),
    ("match[].authority.regex", false),
    ("match[].headers{}.regex", false),
    ("match[].withoutHeaders{}.regex", true),
    ("match[].queryParams{}.regex", false),
    ("corsPolicy.allowOrigins[].regex", false),
    ("rewrite.uriRegexRewrite.match", false),
];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        for (path, star) in PLACES {
            // Those two have mistakes of their own where they are empty.
            let empty = path.starts_with("cors") || path.starts_with("rewrite");
            route.each_at(path, &mut |value| {
                let Some(text) = value.text().filter(|it| !(*star && *it == "*" || empty && it.is_empty()))
                else {
                    return;
                };
                if let Err(reason) = istio_regex(text) {
                    let message = format!("`{text}` is no regular expression of RE2: {reason}");
                    let help =
                        if text == "*" { "write `.*`, or `{}` for a header of any value" } else { HELP };
                    findings.push(findings.at(value.span, message).help(help));
                }
            });
        }
    }
}

const HELP: &str = "write it in the syntax of https://github.com/google/re2/wiki/Syntax";

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn only_without_headers_takes_a_star_for_any_value() {
        let text = |key: &str| {
            format!("
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{ name: a, namespace: b }}
spec: {{ hosts: [a], http: [{{ match: [{{ {key}: {{ x: {{ regex: \"*\" }} }} }}], route: [{{ destination: {{ host: a }} }}] }}] }}
")
        };
        assert_silent(&RULE, &text("withoutHeaders"));
        assert_says(
            &RULE,
            &text("headers"),
            &["`*` is no regular expression of RE2: nothing stands before `*`"],
        );
    }
}
