//! How long new pods may take to be ready before a release is given up.

use crate::profile::Version;
use crate::profile::workload::Probe;

/// For a node to be found and the image to be fetched.
const TO_START: u32 = 120;

/// All that the probes allow, and time to start: a shorter deadline would roll back pods that are merely slow.
pub fn seconds(version: &Version) -> u32 {
    let probes = &version.probes;
    let budgets = [&probes.startup, &probes.readiness].map(|it| it.as_ref().map_or(0, budget));
    budgets.into_iter().fold(TO_START, u32::saturating_add)
}

/// What Kubernetes takes where a probe says nothing: 10 seconds, 3 times.
fn budget(probe: &Probe) -> u32 {
    let each = probe.period_seconds.map_or(10, |it| it.value);
    let times = probe.failure_threshold.map_or(3, |it| it.value);
    probe.initial_delay_seconds.map_or(0, |it| it.value).saturating_add(each.saturating_mul(times))
}
