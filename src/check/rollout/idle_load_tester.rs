//! Only Flagger asks a load tester, by its address.

use crate::check::address::is_url;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2413",
    name: "idle-load-tester",
    severity: Severity::Error,
    equivalents: &[],
    why: "The load tester is a program of Flagger's, which it calls over HTTP. Under another engine nobody would call it, and \
          a release that waits for requests waits for ever.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: argo-rollouts
  checks: { successRate: 99 }
  loadTester: http://flagger-loadtester.test #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 99 }
  loadTester: http://flagger-loadtester.test
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    let Some(tester) = &rollout.load_tester else { return };
    if rollout.engine.value != Engine::Flagger {
        let finding = findings.at(tester.span, "only Flagger asks a load tester, and this is another engine");
        let finding = finding.related(rollout.engine.span, "the engine");
        findings
            .push(finding.help("take it away, and let a client or a `load` of the profile send requests"));
    } else if !is_url(tester) {
        let finding = findings.at(tester.span, format!("`{tester}` is no address that Flagger could call"));
        findings.push(finding.help("write it as `http://flagger-loadtester.test`"));
    }
}
