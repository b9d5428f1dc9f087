//! A service under an engine has pods.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2406",
    name: "nothing-to-release",
    severity: Severity::Error,
    equivalents: &[],
    why: "An engine waits until the new pods are ready before it gives them requests. Where there shall be none, it waits \
          for ever, or gives the requests to nobody.",
    bad: "
services:
  hello:
    versions: { v1: { replicas: 0 } } #~
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 } }
",
    good: "
services:
  hello:
    versions: { v1: { replicas: 1 } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (service, engine) in released(profile) {
        let versions = service.service.versions.iter();
        for (name, version) in versions.filter(|(_, it)| it.replicas.value == 0) {
            let id = service.id;
            let message =
                format!("version `{name}` of `{id}` has no pods that {} could release", engine.title());
            findings.push(findings.at(version.replicas.span, message).help("write `replicas: 2`"));
        }
    }
}
