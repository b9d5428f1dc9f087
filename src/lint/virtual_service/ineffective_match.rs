//! A match says something that no match before it says.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::seen::{Prefixes, Seen};
use crate::lint::virtual_service::walk::PROTOCOLS;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3081",
    name: "ineffective-match",
    severity: Severity::Info,
    equivalents: &["IST0131"],
    why: "The first match wins: where an earlier one is the same, or has a prefix of this one's prefix and asks for no more, this one never matters.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: /api } }]
    route: [{ destination: { host: reviews-v1 } }]
  - match:
    - uri: { prefix: /api/v2 } #~
    - uri: { prefix: /new }
    route: [{ destination: { host: reviews-v2 } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: /api/v2 } }, { uri: { prefix: /new } }]
    route: [{ destination: { host: reviews-v2 } }]
  - match: [{ uri: { prefix: /api } }]
    route: [{ destination: { host: reviews-v1 } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for protocol in PROTOCOLS {
        let (mut seen, mut prefixes) = (Seen::default(), Prefixes::default());
        for route in object.spec().list(protocol).iter().filter(|it| !it.is_null()) {
            // Behind a route without matches everything is unreachable, which is another mistake.
            if route.list("match").is_empty() {
                break;
            }
            for part in route.list("match") {
                if let Some(before) = seen.before(part) {
                    let finding = findings.at(part.span, "this match stands before already");
                    findings
                        .push(finding.related(before, "the same").help("take it away, or move it forward"));
                } else if protocol == "http" {
                    for (prefix, before) in prefixes.covering(part) {
                        let own = part.at(&["uri", "prefix"]).and_then(Node::text).map_or("", Str::as_str);
                        let message =
                            format!("`{own}` begins with `{prefix}`, which a match before it takes");
                        let finding = findings.at(part.span, message).related(before, "takes it");
                        findings.push(finding.help("move the longer prefix forward"));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    const HEAD: &str = "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: b }
";

    #[test]
    fn a_prefix_that_asks_for_more_covers_nothing() {
        let spec = |first: &str| {
            format!("{HEAD}
spec:
  hosts: [a]
  http:
  - {{ match: [{{ uri: {{ prefix: /a }}, {first} }}], route: [{{ destination: {{ host: a }} }}] }}
  - {{ match: [{{ uri: {{ prefix: /a/b }}, method: {{ exact: PUT }} }}], route: [{{ destination: {{ host: a }} }}] }}
")
        };
        let said = ["`/a/b` begins with `/a`, which a match before it takes"];
        assert_says(&RULE, &spec("method: { exact: PUT }"), &said);
        assert_silent(&RULE, &spec("method: { exact: POST }"));
        assert_silent(&RULE, &spec("headers: { x: { exact: y } }"));
        assert_silent(&RULE, &spec("port: 80"));
    }

    #[test]
    fn the_name_of_a_match_is_none_of_its_conditions() {
        let text = format!("{HEAD}
spec:
  hosts: [a]
  http:
  - {{ match: [{{ name: x, uri: {{ exact: /a }}, port: 0 }}], route: [{{ destination: {{ host: a }} }}] }}
  - {{ match: [{{ name: y, uri: {{ exact: /a }}, headers: {{}} }}], route: [{{ destination: {{ host: a }} }}] }}
");
        assert_says(&RULE, &text, &["this match stands before already"]);
    }
}
