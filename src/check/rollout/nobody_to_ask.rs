//! An engine has a Prometheus to ask.

use crate::check::address::is_url;
use crate::check::names::shown;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2403",
    name: "nobody-to-ask",
    severity: Severity::Error,
    equivalents: &[],
    why: "Flagger and Argo Rollouts ask a Prometheus whether a new version is well. Without its address every check \
          fails, and no release ever ends.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: prometheus.monitoring } } #~
rollout:
  engine: argo-rollouts
  checks: { successRate: 99 }
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: argo-rollouts
  checks: { successRate: 99 }
",
    run,
};

const HELP: &str = "`observability: { prometheus: { namespace: monitoring, address: \"http://prometheus.monitoring:9090\" } }`";

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let prometheus = profile.observability.as_ref().and_then(|it| it.prometheus.as_ref());
    let Some(address) = prometheus.and_then(|it| it.address.as_ref()) else {
        let Some(rollout) = profile.rollout.as_ref().filter(|it| it.engine.value != Engine::Git) else {
            return;
        };
        let message = "this engine asks a Prometheus, and the profile does not say where it is";
        let finding = findings.at(rollout.engine.span, message);
        findings.push(finding.help(format!("write {HELP}")));
        return;
    };
    // Without an engine as well: scripts and the workflow of a plan ask it, where `${{ ... }}` would mean something.
    if !is_url(address) {
        let message = format!("`{}` is no address that could be asked", shown(address));
        findings.push(findings.at(address.span, message).help(format!("write it as in {HELP}")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn an_address_that_is_missing_is_told_at_the_engine() {
        let text = "services: { hello: { versions: { v1: {} } } }\nrollout:\n  engine: flagger\n  checks: { p99: 1s }";
        let said = messages(&[&RULE], text);
        assert!(said.len() == 1 && said[0].starts_with("3: MG2403"), "{said:?}");
        assert!(messages(&[&RULE], &text.replace("flagger", "git")).is_empty());
        // A wrong one is told whoever asks: a plan's workflow, a script.
        let odd = "observability: { prometheus: { namespace: a, address: 'http://a/${{ secrets.A }}' } }";
        let said = messages(&[&RULE], odd);
        assert!(said.len() == 1 && said[0].starts_with("1: MG2403"), "{said:?}");
    }
}
