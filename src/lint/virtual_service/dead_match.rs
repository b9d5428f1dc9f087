//! A match that asks for more stands before one that asks for less.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::before::Before;
use crate::lint::virtual_service::seen::{Prefixes, Seen};
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3082",
    name: "dead-match",
    severity: Severity::Warning,
    equivalents: &["MG-38"],
    why: "The first match wins: where everything that an earlier route asks for is asked for here, too, this match never gets a request.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: / } }]
    route: [{ destination: { host: reviews } }]
  - match: [{ uri: { prefix: / }, headers: { x-beta: { exact: "1" } } }] #~
    route: [{ destination: { host: reviews-next } }]
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: / }, headers: { x-beta: { exact: "1" } } }]
    route: [{ destination: { host: reviews-next } }]
  - match: [{ uri: { prefix: / } }]
    route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let (mut seen, mut prefixes, mut before) = (Seen::default(), Prefixes::default(), Before::default());
    for route in http(object) {
        // Behind a route without matches everything is unreachable, which is another mistake.
        if route.list("match").is_empty() {
            break;
        }
        for part in route.list("match").iter().filter(|it| !it.is_null()) {
            // What Istio says itself is said already.
            if seen.before(part).is_some() || !prefixes.covering(part).is_empty() {
                continue;
            }
            if let Some(other) = before.taking(part) {
                let finding =
                    findings.at(part.span, "an earlier route takes everything that this match would take");
                let finding = finding.related(other.span, "takes it");
                findings.push(finding.help("move this match forward, or take it away"));
            }
        }
        for part in route.list("match").iter().filter(|it| !it.is_null()) {
            before.insert(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    fn text(first: &str, second: &str) -> String {
        format!(
            "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{ name: a, namespace: b }}
spec:
  hosts: [a]
  http:
  - {{ match: [{first}], route: [{{ destination: {{ host: a }} }}] }}
  - {{ match: [{second}], route: [{{ destination: {{ host: a }} }}] }}
"
        )
    }

    #[test]
    fn a_match_is_dead_where_all_that_another_asks_for_is_asked_for_again() {
        let said = ["an earlier route takes everything that this match would take"];
        for (first, second) in [
            ("{}", "{ uri: { exact: /a } }"),
            ("{ uri: { prefix: /a } }", "{ uri: { exact: /a/b } }"),
            ("{ headers: { x: {} } }", "{ headers: { x: { regex: y }, z: { exact: a } } }"),
            (
                "{ queryParams: { q: { prefix: a } } }",
                "{ uri: { prefix: /x }, queryParams: { q: { exact: ab } } }",
            ),
            ("{ uri: { regex: a.* } }", "{ uri: { regex: a.* }, port: 80 }"),
        ] {
            assert_says(&RULE, &text(first, second), &said);
        }
    }

    #[test]
    fn whatever_an_earlier_match_asks_for_alone_leaves_something() {
        for (first, second) in [
            ("{ uri: { prefix: /a }, port: 80 }", "{ uri: { exact: /a/b } }"),
            ("{ headers: { x: { exact: y } } }", "{ headers: { x: {} } }"),
            ("{ uri: { exact: /a } }", "{ uri: { prefix: /a } }"),
            ("{ withoutHeaders: { x: {} } }", "{ uri: { exact: /a } }"),
            ("{ sourceLabels: { a: b } }", "{ uri: { exact: /a } }"),
            ("{ uri: { prefix: /a, }, ignoreUriCase: true }", "{ uri: { exact: /A } }"),
            ("{ gateways: [mesh] }", "{ uri: { exact: /a } }"),
        ] {
            assert_silent(&RULE, &text(first, second));
        }
    }
}
