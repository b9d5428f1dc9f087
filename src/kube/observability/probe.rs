//! Probe of the Prometheus operator: hosts that a blackbox exporter asks from outside.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// A Probe.
#[derive(Clone, Debug)]
pub struct Probe {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: ProbeSpec,
}

/// What a [`Probe`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProbeSpec {
    /// The value of the label `job`.
    pub job_name: Text,
    /// How often, as Prometheus writes it.
    pub interval: &'static str,
    /// The module of the exporter.
    pub module: &'static str,
    /// The exporter.
    pub prober: Prober,
    /// What it asks.
    pub targets: Targets,
}

/// The exporter that asks.
#[derive(Clone, Debug, Serialize)]
pub struct Prober {
    /// Host and port.
    pub url: Text,
    /// As `/probe`.
    pub path: &'static str,
    /// As `http`.
    pub scheme: &'static str,
}

/// What is asked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Targets {
    /// Addresses that are known beforehand.
    pub static_config: StaticConfig,
}

/// Addresses that are known beforehand.
#[derive(Clone, Debug, Serialize)]
pub struct StaticConfig {
    /// The addresses.
    pub r#static: Vec<Text>,
}

impl Kind for Probe {
    const KIND: &'static str = "Probe";

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
