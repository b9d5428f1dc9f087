//! A rewrite rewrites something: a path, the matches of an expression in it, or the authority.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, set};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3032",
    name: "contradictory-rewrite",
    severity: Severity::Error,
    equivalents: &["VAL-VS-18", "IST0106"],
    why: "Envoy rewrites a path in one way only, and an expression needs both what it matches and what takes its place; Istio refuses anything else.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    rewrite: { uri: /v2, uriRegexRewrite: { match: /v1, rewrite: /v2 } } #~
  - route: [{ destination: { host: reviews } }]
    rewrite: {} #~
",
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    rewrite: { uriRegexRewrite: { match: "^/v1/(.*)", rewrite: "/v2/\\1" } }
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in http(object).filter_map(|it| it.entry("rewrite")) {
        let rewrite = &entry.value;
        if !matches!(rewrite.kind, Kind::Map(_)) {
            continue;
        }
        let (uri, regex) = (set(rewrite, "uri").is_some(), rewrite.entry("uriRegexRewrite"));
        let span = regex.map_or(entry.key.span, |it| it.key.span);
        let (message, help) = if uri && regex.is_some() {
            ("a rewrite has `uri` or `uriRegexRewrite`, not both", "take one of them away")
        } else if !uri && regex.is_none() && set(rewrite, "authority").is_none() {
            ("this rewrite rewrites nothing", "give it `uri`, `uriRegexRewrite` or `authority`")
        } else if regex.is_some_and(|it| ["match", "rewrite"].iter().any(|key| set(&it.value, key).is_none()))
        {
            (
                "`uriRegexRewrite` has both a `match` and a `rewrite`, and neither is empty",
                "write the missing one",
            )
        } else {
            continue;
        };
        findings.push(findings.at(span, message).help(help));
    }
}
