//! HorizontalPodAutoscaler: as many pods as the load asks for, between two bounds.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};

/// A HorizontalPodAutoscaler.
#[derive(Clone, Debug)]
pub struct HorizontalPodAutoscaler {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: HorizontalPodAutoscalerSpec,
}

/// What a [`HorizontalPodAutoscaler`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HorizontalPodAutoscalerSpec {
    /// Whose pods they are.
    pub scale_target_ref: ObjectReference,
    /// The fewest pods.
    pub min_replicas: Spanned<u32>,
    /// The most pods.
    pub max_replicas: Spanned<u32>,
    /// What is looked at.
    pub metrics: [ScaleMetric; 1],
}

/// An object of the same namespace.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectReference {
    /// As `apps/v1`.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its name.
    pub name: Text,
}

/// What is looked at to know how many pods there should be.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleMetric {
    /// As `Resource`.
    pub r#type: &'static str,
    /// A resource that pods request.
    pub resource: ResourceMetric,
}

/// A resource that pods request.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceMetric {
    /// As `cpu`.
    pub name: &'static str,
    /// What there should be of it.
    pub target: MetricTarget,
}

/// What there should be of a resource.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MetricTarget {
    /// As `Utilization`.
    pub r#type: &'static str,
    /// In percent of what is requested, on average of the pods.
    pub average_utilization: Spanned<u32>,
}

impl Kind for HorizontalPodAutoscaler {
    const KIND: &'static str = "HorizontalPodAutoscaler";

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
