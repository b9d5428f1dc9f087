//! `PodMonitor`: which pods a Prometheus of the operator scrapes, and where.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};

/// A `PodMonitor` for pods of its own namespace.
#[derive(Clone, Debug)]
pub struct PodMonitor {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// Which pods, and where.
    pub spec: PodMonitorSpec,
}

/// Which pods a [`PodMonitor`] scrapes, and where.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodMonitorSpec {
    /// The pods.
    pub selector: LabelSelector,
    /// Where their metrics are.
    pub pod_metrics_endpoints: [Endpoint; 1],
}

/// Where the metrics of a pod are.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// A declared port of the pod, by name.
    pub port: &'static str,
    /// The path.
    pub path: &'static str,
    /// `http` or `https`.
    pub scheme: &'static str,
    /// How often.
    pub interval: &'static str,
    /// What is changed of a target before it is scraped.
    pub relabelings: Vec<Relabeling>,
}

/// A change to the labels of a target.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Relabeling {
    /// `replace`.
    pub action: &'static str,
    /// What is read.
    pub source_labels: [&'static str; 1],
    /// What it must match, whole; `None`: anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regex: Option<&'static str>,
    /// What is written; `None`: what was matched first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<&'static str>,
    /// Where it is written to.
    pub target_label: &'static str,
}

impl Kind for PodMonitor {
    const KIND: &'static str = "PodMonitor";

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
