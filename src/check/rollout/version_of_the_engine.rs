//! Nobody speaks of the versions of a service that an engine releases.

use crate::check::walk::{released, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2409",
    name: "version-of-the-engine",
    severity: Severity::Error,
    equivalents: &[],
    why: "Under an engine there are no subsets by version, but old pods and new ones, and only while something is released. \
          Copies for a version would go to a subset that is not there.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { mirror: v1 } } #~
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { mirror: { service: shadow } } }
  shadow: { versions: { v1: {} } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if released(profile).next().is_none() {
        return;
    }
    for it in routes(profile).filter(|it| it.owner.engine().is_some()) {
        let Some(version) = it.route.mirror.as_ref().and_then(|it| it.version.as_ref()) else { continue };
        let message =
            format!("{it} copies requests to `{version}`, and an engine decides which pods those are");
        let finding = findings.at(version.span, message);
        findings.push(finding.help("copy them to another service, or take `mirror` away"));
    }
}
