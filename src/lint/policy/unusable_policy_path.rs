//! Templates of paths have `{*}` and `{**}` as whole segments.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4020",
    name: "unusable-policy-path",
    severity: Severity::Error,
    equivalents: &["VAL-AP-07", "IST0106"],
    why: "`{*}` stands for one segment of a path and `{**}` for all that follow it. Istio refuses other braces, an \
          operator behind `{**}`, and, beside an operator, what has to be escaped in a path.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to:
    - operation: { paths: [\"/items/{id}\"] } #~
    - operation: { notPaths: [\"/{**}/edit/{*}\"] } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to:
    - operation: { paths: [\"/items/{*}\"] }
    - operation: { notPaths: [\"/{*}/edit/{**}\"] }
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].to[].operation.paths[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notPaths[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(path) = value.text() else { return };
    if let Some(reason) = flaw(path) {
        let finding = findings.at(value.span, format!("`{path}` is no template of a path: {reason}"));
        findings.push(finding.help("`{*}` is one segment, and `{**}` all that follow"));
    }
}

/// Source: `CheckValidPathTemplate`.
fn flaw(path: &str) -> Option<String> {
    let is_template = path.contains("{*}") || path.contains("{**}");
    let mut last = false;
    for segment in path.trim_matches('/').split('/') {
        match segment {
            "{*}" | "{**}" if last => return Some("`{**}` is not its last operator".to_owned()),
            "{*}" => {}
            "{**}" => last = true,
            _ if segment.contains(['{', '}']) => return Some(format!("`{segment}` has other braces")),
            _ if is_template && !is_literal(segment) => {
                return Some(format!("the segment `{segment}` is none of a path"));
            }
            _ => {}
        }
    }
    None
}

/// One or more characters that stand in a path as they are, by RFC 3986 and Envoy; `*` is none of them.
fn is_literal(segment: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"-._~%!$&'()+,;:@=".contains(&it);
    !segment.is_empty() && segment.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn operators_are_whole_segments_and_the_long_one_is_the_last() {
        for path in ["/a/{*}", "/{*}/b/{**}", "/a b", "*/c", "/{**}/a", "", "/"] {
            assert_eq!(flaw(path), None, "{path}");
        }
        for path in ["/{a}", "/{**}/{*}", "/a{*}", "/{*}/*", "/{*}//b", "/{*}/a b", "}"] {
            assert!(flaw(path).is_some(), "{path}");
        }
    }
}
