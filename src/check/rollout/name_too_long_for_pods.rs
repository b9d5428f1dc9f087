//! The pods of a release can be told from others by their names.

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2416",
    name: "name-too-long-for-pods",
    severity: Severity::Error,
    equivalents: &["ENGINE007"],
    why: "The old pods and the new differ by a hash in their names, and by nothing else that metrics tell. Kubernetes cuts \
          the name of a pod off at 63 characters: of a long one the hash goes first, and no check finds the new pods. \
          Flagger adds `-primary` and `-canary` to the name of a Service, which may have 63.",
    bad: "
services:
  greetings-of-the-department-of-foreign-affairs-v2: { versions: { v1: {} } } #~
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    good: "
services:
  greetings-of-the-department-of-foreign-affairs: { versions: { v1: {} } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (service, engine) in released(profile) {
        // 58 characters are kept, of which a hash of ten and two dashes are not the name's.
        let most = if engine == Engine::Flagger { 63 - "-primary".len() } else { 58 - 12 };
        let name = service.name();
        if name.len() > most {
            let message =
                format!("`{name}` has {} characters, and {} can take {most}", name.len(), engine.title());
            let finding = findings.at(name.span, message);
            findings.push(finding.help("give the service a shorter `name`"));
        }
    }
}
