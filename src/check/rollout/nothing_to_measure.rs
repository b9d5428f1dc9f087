//! What is rolled out is measured by its requests.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2405",
    name: "nothing-to-measure",
    severity: Severity::Error,
    equivalents: &[],
    why: "The checks are about requests: how many fail, how long they take. Of a port that carries bytes the mesh sees \
          neither, so that no check has an answer.",
    bad: "
services:
  hello: { versions: { v1: {} } }
  db: #~
    ports: { http: null, sql: { number: 5432, protocol: tcp } }
    versions: { v1: {} }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, services: [hello, db], checks: { p99: 1s } }
",
    good: "
services:
  hello: { versions: { v1: {} } }
  db:
    ports: { http: null, sql: { number: 5432, protocol: tcp } }
    versions: { v1: {} }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { p99: 1s } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    let http = |ports: &crate::profile::Service| ports.ports.values().any(|it| it.protocol.is_http());
    for (service, _) in released(profile).filter(|(it, _)| !http(it.service)) {
        let message = format!("`{}` has no port of HTTP, and the checks are about requests", service.id);
        let finding = findings.at(service.id.span, message);
        findings.push(
            finding.related(rollout.engine.span, "asks about requests").help(
                "take it out of `rollout.services`, or say `protocol: http` of the port that speaks it",
            ),
        );
    }
    if rollout.services.is_empty() && !profile.services.values().any(|it| http(it)) {
        let finding =
            findings.at(rollout.engine.span, "there is no service whose requests could be measured");
        findings.push(finding.help("add a service with a port of HTTP, or take `rollout` away"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn a_profile_without_requests_has_nothing_to_roll_out() {
        let said =
            messages(&[&RULE], "clients: { c: {} }\nrollout: { engine: flagger, checks: { p99: 1s } }");
        assert!(said.len() == 1 && said[0].starts_with("2: "), "{said:?}");
    }
}
