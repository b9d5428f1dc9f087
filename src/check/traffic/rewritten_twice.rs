//! Path and host are rewritten in one way.

use crate::check::walk::{RouteRef, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2013",
    name: "rewritten-twice",
    severity: Severity::Error,
    equivalents: &["VAL-VS-17", "VAL-VS-18"],
    why: "Istio refuses a rewrite with both `uri` and `uriRegex`, and a host that is set in more than one way.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      default:
        rewrite:
          uri: /
          uriRegex: { match: '^/a', rewrite: /b } #~
          authority: a.example.com
        headers: { request: { set: { host: b.example.com } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { rewrite: { uriRegex: { match: '^/a', rewrite: /b }, authority: a.example.com } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let rewrite = it.route.rewrite.as_ref();
        if let Some((uri, regex)) = rewrite.and_then(|it| it.uri.as_ref().zip(it.uri_regex.as_ref())) {
            let finding =
                findings.at(regex.r#match.span, format!("{it} rewrites the path with `uri` and `uriRegex`"));
            findings.push(finding.related(uri.span, "the other").help("keep one of them"));
        }
        let hosts = hosts(it);
        if let [first, second, ..] = hosts[..] {
            let finding = findings.at(second.span, format!("{it} sets the host in {} ways", hosts.len()));
            findings.push(finding.related(first.span, "set here already").help("keep one of them"));
        }
    }
}

fn hosts(it: RouteRef<'_>) -> Vec<&Text> {
    let rewritten = it.route.rewrite.as_ref().and_then(|it| it.authority.as_ref());
    let change = it.route.headers.as_ref().and_then(|it| it.request.as_ref());
    let changed = change.into_iter().flat_map(|it| it.set.iter().chain(it.add.iter()));
    let is_host = |name: &Text| name.value == ":authority" || name.eq_ignore_ascii_case("host");
    rewritten.into_iter().chain(changed.map(|(name, _)| name).filter(|name| is_host(name))).collect()
}
