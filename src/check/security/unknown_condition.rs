//! The conditions of `when` are Istio's.

use crate::check::headers::name_flaw;
use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::Condition;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2205",
    name: "unknown-condition",
    severity: Severity::Error,
    equivalents: &["VAL-AP-08", "VAL-AP-04"],
    why: "Istio refuses a `when` with a key that it does not know, without values, or with an address or port that is \
          none.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { to: hello, when: { 'request.header[x-token]': a } } #~
    b: { to: hello, when: { source.ip: 10.0.0 } } #~
    c: { to: hello, when: { destination.labels: a } } #~
    d: { to: hello, when: { 'request.headers[x-token]': {} } } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
jwt: { users: { issuer: 'https://example.com' } }
authz:
  allow:
    a: { to: hello, when: { 'request.headers[x-token]': a, 'request.auth.claims[groups][0]': [b, c] } }
    b: { to: hello, when: { remote.ip: { notValues: 10.0.0.0/8 } } }
",
    run,
};

const KEYS: [&str; 12] = [
    "source.ip",
    "remote.ip",
    "source.namespace",
    "source.serviceAccount",
    "source.trustDomain",
    "source.principal",
    "request.auth.principal",
    "request.auth.audiences",
    "request.auth.presenter",
    "destination.ip",
    "destination.port",
    "connection.sni",
];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in authz(profile) {
        for (key, condition) in it.rule.when.iter() {
            if is_key(key) {
                values(key, condition, findings);
            } else {
                let finding = findings.at(key.span, format!("`{key}` is no condition that Istio knows"));
                let known =
                    KEYS.iter().copied().chain(["request.headers[x-name]", "request.auth.claims[name]"]);
                findings.push(finding.suggest(key, known));
            }
        }
    }
}

fn is_key(key: &str) -> bool {
    if KEYS.contains(&key) || key.starts_with("experimental.envoy.filters.") {
        return true;
    }
    let inside = |prefix: &str| key.strip_prefix(prefix)?.strip_suffix(']');
    if let Some(name) = inside("request.headers[") {
        return name_flaw(name).is_none();
    }
    // Claims nest: `request.auth.claims[realm_access][roles]`.
    inside("request.auth.claims[")
        .is_some_and(|it| it.split("][").all(|it| !it.is_empty() && !it.contains(['[', ']'])))
}

fn values(key: &Text, condition: &Condition, findings: &mut Findings<'_>) {
    let Condition { values, not_values } = condition;
    if values.is_empty() && not_values.is_empty() {
        let finding = findings.at(key.span, format!("`{key}` is compared with nothing"));
        findings.push(finding.help("give it `values` or `notValues`; `\"*\"` is any value"));
    }
    for value in values.iter().chain(not_values.iter()) {
        let flaw = match key.as_str() {
            "source.ip" | "remote.ip" | "destination.ip" if !super::unusable_source::is_block(value) => {
                "neither an IP address nor a CIDR"
            }
            "destination.port" if !value.parse::<u16>().is_ok_and(|it| it > 0) => "no port",
            _ if value.is_empty() => "an empty text",
            _ => continue,
        };
        findings
            .push(findings.at(value.span, format!("`{key}` is compared with `{value}`, which is {flaw}")));
    }
}
