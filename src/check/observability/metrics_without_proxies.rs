//! What proxies measure needs proxies.

use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2322",
    name: "metrics-without-proxies",
    severity: Severity::Error,
    equivalents: &[],
    why: "All that is scraped and shown here comes from the proxies of the mesh: without injection nothing is measured. \
          A proxy that is told to do other things by an annotation of its pod is told nothing of breakers by us.",
    bad: "
mesh: { injection: none }
mtls: null
services: { hello: { versions: { v1: {} } } }
observability:
  podMonitor: true #~
  dashboard: true #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  podMonitor: true
  dashboard: true
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(wanted) = &profile.observability else { return };
    if let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) {
        let switches = [
            ("podMonitor", wanted.pod_monitor),
            ("dashboard", wanted.dashboard),
            ("breakerStats", wanted.breaker_stats),
        ];
        for (name, switch) in switches.into_iter().filter(|(_, it)| it.value) {
            let message = format!("`{name}` is about what proxies measure, and no pod gets one");
            let finding = findings.at(switch.span, message).related(injection.span, "switched off here");
            findings.push(finding.help("inject proxies, or leave it out"));
        }
    } else if wanted.breaker_stats.value {
        replaced(profile, findings);
    }
}

/// The annotation of a workload replaces ours as a whole.
fn replaced(profile: &Profile, findings: &mut Findings<'_>) {
    for it in workloads(profile) {
        let Some((key, own)) = it.version.annotations.find("proxy.istio.io/config") else { continue };
        if own.contains("proxyStatsMatcher") {
            continue;
        }
        let message = format!("{it} replaces what proxies are told: it does not publish its breakers");
        let mut finding = findings.at(key.span, message);
        finding.severity = Severity::Warning;
        findings.push(finding.help("add `proxyStatsMatcher` to the annotation; `meshgen render` shows ours"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn an_annotation_that_silences_breakers_is_told() {
        let said = messages(
            &[&RULE],
            "observability: { breakerStats: true }\n\
             clients: { a: { annotations: { proxy.istio.io/config: 'concurrency: 2' } }, b: {} }",
        );
        assert!(said.len() == 1 && said[0].contains("client `a` replaces"), "{said:?}");
    }
}
