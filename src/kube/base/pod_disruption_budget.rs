//! PodDisruptionBudget: how many pods may be evicted at a time.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};

/// A PodDisruptionBudget.
#[derive(Clone, Debug)]
pub struct PodDisruptionBudget {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: PodDisruptionBudgetSpec,
}

/// What a [`PodDisruptionBudget`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodDisruptionBudgetSpec {
    /// How many pods may be gone at a time.
    pub max_unavailable: u32,
    /// The pods that are counted.
    pub selector: LabelSelector,
    /// Whether pods that are not ready count.
    pub unhealthy_pod_eviction_policy: &'static str,
}

impl Kind for PodDisruptionBudget {
    const KIND: &'static str = "PodDisruptionBudget";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
