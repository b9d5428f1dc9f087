//! Somebody calls what is released, or there is nothing to judge it by.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2414",
    name: "nobody-calls",
    severity: Severity::Warning,
    equivalents: &["ENGINE009"],
    why: "A check needs answers. Where nobody calls the new version Flagger rolls it back after so many checks without a \
          value, and Argo Rollouts stops and waits for a person.",
    bad: "
services:
  hello: { versions: { v1: {} } } #~
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    good: "
services:
  hello: { versions: { v1: {} } }
gateway: { http: 80, hosts: { hello.example.com: hello } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    let others = profile.services.len() > 1 || !profile.clients.is_empty() || !profile.callers.is_empty();
    if others || rollout.load_tester.is_some() {
        return;
    }
    for (service, engine) in released(profile) {
        let exposed = profile.gateway.iter().flat_map(|it| it.hosts.values()).map(|it| &it.service);
        if exposed.filter_map(|it| profile.service(it)).any(|it| it.id == service.id) {
            continue;
        }
        let message =
            format!("the profile knows nobody who calls `{}`, so no check has an answer", service.id);
        let help = match engine {
            Engine::Flagger => "name the load tester: `loadTester: \"http://flagger-loadtester.test\"`",
            Engine::ArgoRollouts | Engine::Git => {
                "expose it by `gateway.hosts`, or name who calls it under `callers`"
            }
        };
        findings.push(findings.at(service.id.span, message).help(help));
    }
}
