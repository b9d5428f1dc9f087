//! What an engine releases has proxies, which part the requests and count them.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2417",
    name: "engine-without-proxies",
    severity: Severity::Error,
    equivalents: &[],
    why: "Weights are kept by the proxies of the callers, and the checks ask for what the proxies of the pods count. Where \
          nobody has a proxy neither is there.",
    bad: "
mesh: { injection: none }
mtls: null
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger #~
  checks: { successRate: 99 }
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 99 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) else { return };
    if let Some((service, engine)) = released(profile).next() {
        let (id, engine) = (service.id, engine.title());
        let message = format!("between proxies {engine} moves the requests of `{id}`, and no pod gets one");
        let finding =
            findings.at(rollout.engine.span, message).related(injection.span, "nobody gets a proxy");
        findings.push(finding.help("inject proxies, or take `rollout` away"));
    }
}
