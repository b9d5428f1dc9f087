//! A service under an engine has one version: the engine makes the second from the change of the first.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2404",
    name: "several-versions",
    severity: Severity::Error,
    equivalents: &[],
    why: "An engine keeps the pods of the last release beside those of the next and moves the weights between them. \
          Weights of the profile's own would be written over, or write over the engine's.",
    bad: "
services:
  hello:
    versions:
      v1: {}
      v2: {} #~
    routes: { default: { split: { v1: 90, v2: 10 } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 } }
",
    good: "
services:
  hello: { versions: { v1: {} } }
  other:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 10 } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, services: hello, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (service, engine) in released(profile) {
        let Some((second, _)) = service.service.versions.iter().nth(1) else { continue };
        let (id, first) = (service.id, service.service.versions.names().next().unwrap_or_default());
        let message = format!("`{id}` has a second version, and {} makes it by itself", engine.title());
        let finding = findings.at(second.span, message);
        findings.push(finding.related(id.span, "released by the engine").help(format!(
            "keep `{first}` and change its image to release, or name the other services in `rollout.services`"
        )));
    }
}
