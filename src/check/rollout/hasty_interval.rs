//! Between two checks Prometheus has scraped twice.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2411",
    name: "hasty-interval",
    severity: Severity::Error,
    equivalents: &["ENGINE011"],
    why: "A check looks back one interval, and a rate is made from two scrapes. Prometheus usually scrapes every 15 seconds: \
          in less than 30 there may be one, no rate, and a release that nobody could judge is rolled back.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  interval: 20s #~
  checks: { successRate: 99 }
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  interval: 90s
  checks: { successRate: 99 }
",
    run,
};

const LEAST: u64 = 30_000;

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = profile.rollout.as_ref().filter(|it| it.engine.value != Engine::Git) else { return };
    let interval = &rollout.interval;
    if interval.millis() < LEAST {
        let message = format!("`{interval}` is less than two scrapes of Prometheus");
        findings.push(findings.at(interval.span, message).help("write `1m`, or at least `30s`"));
    } else if !interval.millis().is_multiple_of(1000) {
        let message = format!("`{interval}` is no whole number of seconds, as engines count");
        findings.push(findings.at(interval.span, message).help("write it in seconds, as `90s`"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn engines_count_in_seconds() {
        let of = |interval: &str| {
            let text = format!("rollout: {{ engine: flagger, interval: {interval}, checks: {{ p99: 1s }} }}");
            messages(&[&RULE], &text).len()
        };
        assert_eq!(["29s", "30s", "30.5s", "1m30s", "500ms", "2h"].map(of), [1, 0, 1, 0, 1, 0]);
    }
}
