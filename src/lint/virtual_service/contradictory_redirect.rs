//! A redirect says where to, and with a code of the 300s.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, set};
use crate::lint::words;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3033",
    name: "contradictory-redirect",
    severity: Severity::Error,
    equivalents: &["VAL-VS-19", "IST0106"],
    why: "Envoy can only send clients somewhere else if something differs from where they are; Istio refuses redirects that say nothing or too much.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { redirectCode: 302 } #~
  - redirect: { uri: /a, prefixRewrite: /b } #~
  - redirect: { uri: /a, redirectCode: 200 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /a, redirectCode: 302 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let Some(entry) = route.entry("redirect").filter(|it| matches!(it.value.kind, Kind::Map(_))) else {
            continue;
        };
        let redirect = &entry.value;
        let span = |key: &str| redirect.entry(key).map_or(entry.key.span, |it| it.value.span);
        if let Some((key, message, help)) = mistake(redirect, route.list("match")) {
            findings.push(findings.at(span(key), message).help(help));
        }
    }
}

/// The first mistake: the key to blame, what is wrong, what to do.
fn mistake(redirect: &Node, matches: &[Node]) -> Option<(&'static str, String, &'static str)> {
    let (uri, prefix, scheme) =
        (set(redirect, "uri"), set(redirect, "prefixRewrite"), set(redirect, "scheme"));
    let elsewhere =
        ["uri", "prefixRewrite", "authority", "scheme"].iter().any(|it| set(redirect, it).is_some());
    let (code, port) = (redirect.whole("redirectCode"), redirect.whole("port"));
    let exact = |it: &&Node| it.get("uri").is_some_and(|it| !it.is_null() && !it.has("prefix"));
    if uri.is_some() && prefix.is_some() {
        return Some((
            "prefixRewrite",
            "a redirect has `uri` or `prefixRewrite`, not both".to_owned(),
            "take one of them away",
        ));
    }
    if prefix.is_some() && matches.iter().any(|it| exact(&it)) {
        let message =
            "`prefixRewrite` needs matches by `prefix`, and one here is by something else".to_owned();
        return Some(("prefixRewrite", message, "match paths by `prefix`, or write `uri`"));
    }
    if !elsewhere && !redirect.has("port") && !redirect.has("derivePort") {
        return Some((
            "",
            "this redirect leads nowhere else".to_owned(),
            "give it `uri`, `authority`, `scheme` or `port`",
        ));
    }
    if let Some(code) = code.filter(|it| *it != 0 && !(300..=399).contains(it)) {
        return Some((
            "redirectCode",
            format!("`{code}` is no code of a redirect"),
            "write 301, 302, 303, 307 or 308",
        ));
    }
    if let Some(scheme) = scheme.filter(|it| *it != "http" && *it != "https") {
        return Some(("scheme", format!("`{scheme}` is no scheme of a redirect"), "write `http` or `https`"));
    }
    if let Some((port, Err(reason))) = port.filter(|it| *it > 0).map(|it| (it, words::port(it))) {
        return Some(("port", format!("`{port}` is no port: {reason}"), "write the port to go to"));
    }
    None
}
