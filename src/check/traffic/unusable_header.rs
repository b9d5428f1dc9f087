//! Headers have names and values that HTTP, Istio and Envoy take.

use crate::check::headers::{name_flaw, value_flaw};
use crate::check::names::shown;
use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::action::HeaderChange;
use crate::profile::traffic::{Match, Route};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2020",
    name: "unusable-header",
    severity: Severity::Error,
    equivalents: &["VAL-VS-13", "VAL-VS-16", "VAL-VS-23"],
    why: "Istio refuses names that no header can have, a change of `Host` or of a pseudo-header where it has no effect, \
          and values with a `%` that Envoy would read as the beginning of a command.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { headers: { 'x canary': a } } } #~
      b: { match: { headers: { X-Canary: a } } } #~
      default:
        headers:
          request: { set: { ':path': /a }, add: { x-share: 50% } } #~
          response: { remove: host } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { headers: { x-canary: a } } }
      default:
        headers:
          request: { set: { host: a.example.com }, add: { x-share: 50%%, x-id: '%REQ(x-request-id)%' } }
          response: { remove: server }
clients: { test: {} }
expect: { a: { from: test, to: hello, get: /, headers: { X-Canary: a }, status: 200 } }
",
    run,
};

const PSEUDO: [&str; 5] = [":method", ":scheme", ":authority", ":path", ":status"];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        route(it.route, findings);
    }
    for service in profile.services.values() {
        let hash = service.load_balancer.consistent_hash.as_ref();
        plain(hash.and_then(|it| it.http_header_name.as_ref()), findings);
    }
    for expectation in profile.expect.values() {
        let names = expectation.headers.iter().map(|(name, _)| name);
        plain(names.filter(|name| !PSEUDO.contains(&name.as_str())), findings);
    }
    let tracing = profile.telemetry.as_ref().and_then(|it| it.tracing.as_ref());
    plain(tracing.into_iter().flat_map(|it| it.header_tags.values()), findings);
}

fn route(route: &Route, findings: &mut Findings<'_>) {
    if let Some(condition) = &route.r#match {
        matched(condition, findings);
    }
    let headers = route.headers.as_ref();
    if let Some(change) = headers.and_then(|it| it.request.as_ref()) {
        changed(change, true, findings);
    }
    if let Some(change) = headers.and_then(|it| it.response.as_ref()) {
        changed(change, false, findings);
    }
    if let Some(cors) = &route.cors {
        plain(
            cors.allow_headers.iter().chain(cors.expose_headers.iter()).filter(|it| it.value != "*"),
            findings,
        );
    }
}

fn plain<'p>(names: impl IntoIterator<Item = &'p Text>, findings: &mut Findings<'_>) {
    for name in names {
        if let Some(flaw) = name_flaw(name) {
            let message = format!("`{}` cannot be the name of a header: it {flaw}", shown(name));
            findings.push(findings.at(name.span, message));
        }
    }
}

/// Istio compares with lower-case names, as HTTP/2 has them.
fn matched(condition: &Match, findings: &mut Findings<'_>) {
    for (name, _) in condition.headers.iter().filter(|(name, _)| !PSEUDO.contains(&name.as_str())) {
        plain([name], findings);
        if name_flaw(name).is_none() && name.bytes().any(|it| it.is_ascii_uppercase()) {
            let lower = name.as_str().to_ascii_lowercase();
            let message = format!("`{name}` is not in lower case, as Istio wants the headers of a match");
            let mut finding = findings.at(name.span, message).help(format!("write `{lower}`"));
            finding.severity = Severity::Warning;
            finding.fix = Some(lower);
            findings.push(finding);
        }
    }
}

fn changed(change: &HeaderChange, request: bool, findings: &mut Findings<'_>) {
    let HeaderChange { set, add, remove } = change;
    for (name, value) in set.iter().chain(add.iter()) {
        one(name, request, findings);
        if let Some(flaw) = value_flaw(value) {
            let finding = findings.at(value.span, format!("the value of `{name}` {flaw}"));
            findings.push(finding.help("write `%%` for a per cent sign"));
        }
    }
    for name in remove.iter() {
        one(name, false, findings);
    }
}

fn one(name: &Text, host_may_be: bool, findings: &mut Findings<'_>) {
    let is_host = name.value == ":authority" || name.eq_ignore_ascii_case("host");
    if is_host && host_may_be {
        return;
    }
    if is_host || name.starts_with(':') {
        let finding = findings.at(name.span, format!("`{name}` cannot be changed here"));
        findings.push(finding.help("`rewrite` changes path and host of a request"));
        return;
    }
    plain([name], findings);
}
