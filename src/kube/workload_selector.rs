//! The pods of its own namespace that a policy is for.

use serde::Serialize;

use crate::kube::Labels;

/// Pods by their labels; an object without a selector is for every pod of its namespace.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadSelector {
    /// The labels that a pod must have.
    pub match_labels: Labels,
}
