//! What alerts ask for is measured by somebody.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2308",
    name: "alerts-without-data",
    severity: Severity::Error,
    equivalents: &[],
    why: "An alert on numbers that nobody publishes never fires, and looks like health. Requests are counted by proxies, \
          and as bytes where the port says so; breakers are kept quiet about unless proxies are told to publish them.",
    bad: "
services:
  store: #~
    ports: { http: null, redis: { number: 6379, protocol: tcp } }
    versions: { v1: {} }
    circuitBreaker: { connectionPool: { maxConnections: 10 } }
observability:
  rules: true
  slo: { availability: 99.9 } #~
",
    good: "
services:
  hello: { versions: { v1: {} } }
  store:
    ports: { http: null, redis: { number: 6379, protocol: tcp } }
    versions: { v1: {} }
    circuitBreaker: { connectionPool: { maxConnections: 10 } }
observability:
  rules: true
  breakerStats: true
  slo: { availability: 99.9 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(wanted) = profile.observability.as_ref().filter(|it| it.rules.value) else { return };
    if let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) {
        let finding = findings.at(wanted.rules.span, "rules ask what proxies count, and no pod gets one");
        findings.push(
            finding.related(injection.span, "switched off here").help("inject proxies, or leave `rules` out"),
        );
    }
    let http = |it: ServiceRef<'_>| it.service.ports.values().any(|it| it.protocol.value.is_http());
    if let Some(slo) = wanted.slo.as_ref().filter(|_| !profile.service_refs().any(http)) {
        let message = "a promise about requests, and no service has a port on which the mesh sees them";
        let help = "promise nothing, or say `protocol: http` of a port that speaks it";
        findings.push(findings.at(slo.availability.span, message).help(help));
    }
    if wanted.breaker_stats.value {
        return;
    }
    // One is enough to say what is missing.
    if let Some(service) = profile.service_refs().find(|it| it.service.circuit_breaker.is_some()) {
        let mut finding = findings.at(
            service.id.span,
            format!("nobody is told when the circuit breaker of `{}` opens", service.id),
        );
        finding.severity = Severity::Warning;
        findings.push(finding.help("write `breakerStats: true` beside `rules`, so that proxies publish it"));
    }
}
