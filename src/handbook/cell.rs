//! Cells of tables about workloads: pods, amounts, probes.

use crate::profile::workload::Version;
use crate::source::Spanned;
use crate::units::quantity::Quantity;
use crate::yaml::Named;

/// How many pods there are, or may be.
pub fn pods(version: &Version) -> String {
    match &version.autoscaling {
        None => version.replicas.to_string(),
        Some(it) => format!("{} to {}", version.replicas, it.max),
    }
}

/// As `cpu 50m, memory 64Mi`.
pub fn amounts(amounts: &Named<Spanned<Quantity>>) -> String {
    let all: Vec<String> =
        amounts.iter().map(|(name, it)| format!("{} {it}", crate::template::markdown(name))).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

/// Which probes there are.
pub fn probes(version: &Version) -> String {
    let probes = &version.probes;
    let all =
        [("startup", &probes.startup), ("readiness", &probes.readiness), ("liveness", &probes.liveness)];
    let there: Vec<&str> = all.iter().filter(|(_, it)| it.is_some()).map(|(name, _)| *name).collect();
    if there.is_empty() { "none".to_owned() } else { there.join(", ") }
}
