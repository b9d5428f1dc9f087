//! PrometheusRule: what Prometheus computes ahead, and when it raises an alert.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Labels, Metadata};
use crate::source::Text;

/// Rules that the operator hands to Prometheus.
#[derive(Clone, Debug)]
pub struct PrometheusRule {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// The rules.
    pub spec: PrometheusRuleSpec,
}

/// The rules of a [`PrometheusRule`].
#[derive(Clone, Debug, Serialize)]
pub struct PrometheusRuleSpec {
    /// By group; groups are looked after at the same time.
    pub groups: Vec<RuleGroup>,
}

/// Rules that are evaluated one after the other.
#[derive(Clone, Debug, Serialize)]
pub struct RuleGroup {
    /// Its name, unique in the object.
    pub name: &'static str,
    /// How often; `None`: as Prometheus does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<&'static str>,
    /// In the order of evaluation.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Rule {
    /// Something computed ahead.
    Recording(RecordingRule),
    /// Something that must not be.
    Alerting(AlertingRule),
}

/// A series that is computed ahead.
#[derive(Clone, Debug, Serialize)]
pub struct RecordingRule {
    /// The name of the series.
    pub record: Text,
    /// What it is made of.
    pub expr: Text,
}

/// A state of things that must not be: it holds while the expression has a result.
#[derive(Clone, Debug, Serialize)]
pub struct AlertingRule {
    /// The name of the alert.
    pub alert: &'static str,
    /// What must have no result.
    pub expr: Text,
    /// How long before anybody is told.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub lasts: Option<&'static str>,
    /// Labels of the alert besides those of the result.
    pub labels: Labels,
    /// What people are told, by key: Go templates.
    pub annotations: Annotations,
}

/// What people are told of an alert.
#[derive(Clone, Debug, Serialize)]
pub struct Annotations {
    /// In a line.
    pub summary: &'static str,
    /// In sentences.
    pub description: Text,
    /// The chapter of the runbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runbook_url: Option<Text>,
}

impl Kind for PrometheusRule {
    const KIND: &'static str = "PrometheusRule";

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
