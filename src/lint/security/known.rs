//! How sure a finding about something that the files do not have can be.

use crate::diag::{Diagnostic, Severity};
use crate::mesh::Cluster;

/// Whether the files are all of a cluster: a dump has the namespaces that Kubernetes itself makes.
pub fn is_whole(cluster: &Cluster) -> bool {
    cluster.namespace("kube-system").is_some()
}

/// The finding, or only a note where what it misses may well live elsewhere.
#[must_use]
pub fn unless_elsewhere(mut finding: Diagnostic, is_decided: bool) -> Diagnostic {
    if !is_decided {
        finding.severity = Severity::Info;
    }
    finding
}
