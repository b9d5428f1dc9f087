//! MetricTemplate: a question that Flagger asks.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// A MetricTemplate.
#[derive(Clone, Debug)]
pub struct MetricTemplate {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: MetricTemplateSpec,
}

/// What a [`MetricTemplate`] is.
#[derive(Clone, Debug, Serialize)]
pub struct MetricTemplateSpec {
    /// Who is asked.
    pub provider: MetricProvider,
    /// The question, in which Flagger fills in what stands between `{{` and `}}`.
    pub query: Text,
}

/// Who is asked.
#[derive(Clone, Debug, Serialize)]
pub struct MetricProvider {
    /// As `prometheus`.
    pub r#type: &'static str,
    /// Where it answers.
    pub address: Text,
}

impl Kind for MetricTemplate {
    const KIND: &'static str = "MetricTemplate";

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
