//! A dashboard shows requests.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2321",
    name: "dashboard-without-requests",
    severity: Severity::Error,
    equivalents: &[],
    why: "The dashboard is about rates, errors and latencies of requests. Of a port that carries bytes the mesh sees no \
          requests, so nearly every panel would stay empty.",
    bad: "
services:
  store: { ports: { http: null, redis: { number: 6379, protocol: tcp } }, versions: { v1: {} } }
observability:
  dashboard: true #~
",
    good: "
services:
  hello: { versions: { v1: {} } }
  store: { ports: { http: null, redis: { number: 6379, protocol: tcp } }, versions: { v1: {} } }
observability:
  dashboard: true
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(asked) = profile.observability.as_ref().map(|it| it.dashboard).filter(|it| it.value) else {
        return;
    };
    let mut ports = profile.services.values().flat_map(|it| it.ports.values());
    if !ports.any(|it| it.protocol.is_http()) {
        let finding =
            findings.at(asked.span, "no service of the profile speaks HTTP: a dashboard would be empty");
        findings
            .push(finding.help("give a port `protocol: http`, `http2` or `grpc`, or leave `dashboard` out"));
    }
}
