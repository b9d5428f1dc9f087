//! A rule that asks for what only HTTP has is for ports that speak HTTP.

use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{AuthzRule, Source};
use crate::rule::{Findings, Rule};
use crate::source::{Span, Text};
use crate::units::PortRef;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2201",
    name: "http-rule-on-bytes",
    severity: Severity::Error,
    equivalents: &["MG-08", "VAL-AP-W1"],
    why: "On a port of protocol `tcp` or `tls` the mesh sees no requests. An ALLOW rule that asks for a method, a path or \
          a token vanishes there and lets nobody in; a DENY rule loses the condition and refuses everybody.",
    bad: "
services:
  db:
    ports: { http: null, pg: { number: 5432, protocol: tcp } }
    versions: { v1: {} }
  hello:
    ports: { raw: { number: 90, protocol: tcp } }
    versions: { v1: {} }
authz:
  allow:
    reads: { to: db, methods: GET } #~
  deny:
    raw: { to: hello, ports: raw, paths: /admin } #~
",
    good: "
services:
  db:
    ports: { http: null, pg: { number: 5432, protocol: tcp } }
    versions: { v1: {} }
  hello:
    ports: { raw: { number: 90, protocol: tcp } }
    versions: { v1: {} }
clients: { test: {} }
authz:
  allow:
    reads: { from: test, to: db, ports: pg }
  deny:
    admin: { to: hello, paths: /admin }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let everywhere =
        profile.service_refs().any(|it| it.service.ports.values().any(|it| it.protocol.is_http()));
    for it in authz(profile) {
        let Some((key, span)) = on_requests(it) else { continue };
        if it.rule.to.is_empty() && it.rule.ports.is_empty() && everywhere {
            continue;
        }
        let Some(first) = only_bytes(profile, it) else { continue };
        let message = format!("{it} asks for `{key}`, and no port that it is for speaks HTTP");
        let effect = if it.deny { "it would refuse everything" } else { "it would let nobody in" };
        let finding = findings.at(span, message).related(first.span, "bytes, as far as the mesh can see");
        findings
            .push(finding.help(format!(
                "{effect}: say `protocol: http` of the port if it does, or take `{key}` away"
            )));
    }
}

/// The name of the first port that a rule is for, if none of them speaks HTTP.
fn only_bytes<'p>(profile: &'p Profile, it: AuthzRef<'p>) -> Option<&'p Text> {
    let asked = |name: &Text, number: u16| {
        it.rule.ports.is_empty()
            || it.rule.ports.iter().any(|asked| match &asked.value {
                PortRef::Name(asked) => name.value == *asked,
                PortRef::Number(asked) => number == *asked,
            })
    };
    let mut first = None;
    for service in it.services(profile) {
        for (name, port) in
            service.service.ports.iter().filter(|(name, port)| asked(name, port.number.value.0))
        {
            if port.protocol.is_http() {
                return None;
            }
            first = first.or(Some(name));
        }
    }
    first
}

/// The first thing that only a request has.
fn on_requests(it: AuthzRef<'_>) -> Option<(&'static str, Span)> {
    let AuthzRule {
        from,
        to: _,
        methods,
        not_methods,
        paths,
        not_paths,
        hosts,
        not_hosts,
        ports: _,
        when,
        dry_run: _,
    } = it.rule;
    let lists = [
        ("methods", methods),
        ("notMethods", not_methods),
        ("paths", paths),
        ("notPaths", not_paths),
        ("hosts", hosts),
        ("notHosts", not_hosts),
    ];
    let listed = lists.iter().find_map(|(key, list)| list.first().map(|it| (*key, it.span)));
    let token = || {
        from.iter().find_map(|it| match it {
            Source::Who(_) => None,
            Source::Facts(it) => it.request_principals.first().or(it.not_request_principals.first()),
        })
    };
    let asked =
        || when.iter().find(|(key, _)| key.starts_with("request.")).map(|(key, _)| ("when", key.span));
    listed.or_else(|| token().map(|it| ("requestPrincipals", it.span))).or_else(asked)
}
