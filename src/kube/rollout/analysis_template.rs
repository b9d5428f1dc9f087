//! AnalysisTemplate: questions that Argo Rollouts asks, and what it makes of the answers.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// An AnalysisTemplate.
#[derive(Clone, Debug)]
pub struct AnalysisTemplate {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: AnalysisTemplateSpec,
}

/// What an [`AnalysisTemplate`] is.
#[derive(Clone, Debug, Serialize)]
pub struct AnalysisTemplateSpec {
    /// What whoever runs it must say.
    pub args: Vec<Argument>,
    /// What is asked.
    pub metrics: Vec<AnalysisMetric>,
}

/// Something that whoever runs an analysis must say.
#[derive(Clone, Debug, Serialize)]
pub struct Argument {
    /// Its name; in a question it is `{{args.NAME}}`.
    pub name: &'static str,
}

/// A question, how often it is asked, and what the answers mean.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisMetric {
    /// Its name.
    pub name: &'static str,
    /// When it is asked first.
    pub initial_delay: Text,
    /// How often.
    pub interval: Text,
    /// How often at the most.
    pub count: u32,
    /// So many bad answers in a row of any length are borne.
    pub failure_limit: u32,
    /// So many answers that say nothing are borne.
    pub inconclusive_limit: u32,
    /// So many good answers one after the other are enough.
    pub consecutive_success_limit: u32,
    /// When an answer is good.
    pub success_condition: Text,
    /// When an answer is bad; one that is neither says nothing.
    pub failure_condition: Text,
    /// Who is asked what.
    pub provider: AnalysisProvider,
}

/// Who is asked.
#[derive(Clone, Debug, Serialize)]
pub struct AnalysisProvider {
    /// A Prometheus.
    pub prometheus: PrometheusQuestion,
}

/// A question to a Prometheus.
#[derive(Clone, Debug, Serialize)]
pub struct PrometheusQuestion {
    /// Where it answers.
    pub address: Text,
    /// The question.
    pub query: Text,
}

impl Kind for AnalysisTemplate {
    const KIND: &'static str = "AnalysisTemplate";

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
