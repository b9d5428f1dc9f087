//! Canary: how Flagger releases a Deployment, and what the mesh objects that it makes must say.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::base::horizontal_pod_autoscaler::ObjectReference;
use crate::kube::pairs::Pairs;
use crate::kube::traffic::destination_rule::TrafficPolicy;
use crate::kube::traffic::http_match::HttpMatch;
use crate::kube::traffic::http_route::{CorsPolicy, Headers, Retries, Rewrite};
use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};
use crate::units::{Duration, Percent, Port};

/// A Canary.
#[derive(Clone, Debug)]
pub struct Canary {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: CanarySpec,
}

/// What a [`Canary`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanarySpec {
    /// Who routes: `istio`.
    pub provider: &'static str,
    /// The Deployment that is released.
    pub target_ref: ObjectReference,
    /// The autoscaler of its pods.
    pub autoscaler_ref: ObjectReference,
    /// Seconds after which pods that are not ready are given up.
    pub progress_deadline_seconds: u32,
    /// What the mesh objects say.
    pub service: CanaryService,
    /// How a release is judged.
    pub analysis: CanaryAnalysis,
}

/// What the mesh objects of a [`Canary`] say.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryService {
    /// The number that callers use.
    pub port: Spanned<Port>,
    /// The port's name.
    pub port_name: Text,
    /// What is spoken.
    pub app_protocol: &'static str,
    /// The container's port, by name.
    pub target_port: Text,
    /// Which proxies route; none means the sidecars.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gateways: Vec<Text>,
    /// The hosts beside the service's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Text>,
    /// Which requests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#match: Vec<HttpMatch>,
    /// How path and host change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rewrite: Option<Box<Rewrite>>,
    /// How long a request may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Spanned<Duration>>,
    /// How a failed request is tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<Box<Retries>>,
    /// Headers set, added and removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Box<Headers>>,
    /// Which web pages may call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors_policy: Option<Box<CorsPolicy>>,
    /// How callers treat the pods.
    #[serde(skip_serializing_if = "TrafficPolicy::is_empty")]
    pub traffic_policy: TrafficPolicy,
}

/// How a release is judged.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryAnalysis {
    /// How often.
    pub interval: Text,
    /// So many failed checks roll back.
    pub threshold: Spanned<u32>,
    /// The weights of the new version.
    pub step_weights: Vec<Spanned<u32>>,
    /// What is asked.
    pub metrics: Vec<CanaryMetric>,
    /// Who is called meanwhile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
}

/// A question and the answers that are fine.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryMetric {
    /// Its name.
    pub name: &'static str,
    /// The time that it is about.
    pub interval: Text,
    /// The question.
    pub template_ref: TemplateRef,
    /// The answers that are fine.
    pub threshold_range: ThresholdRange,
}

/// A [`crate::kube::MetricTemplate`].
#[derive(Clone, Debug, Serialize)]
pub struct TemplateRef {
    /// Its name.
    pub name: Text,
    /// Its namespace.
    pub namespace: Text,
}

/// The answers that are fine.
#[derive(Clone, Debug, Serialize)]
pub struct ThresholdRange {
    /// At least so many percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Spanned<Percent>>,
    /// At most so many milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Spanned<u64>>,
}

/// Somebody who is called in the course of a release.
#[derive(Clone, Debug, Serialize)]
pub struct Webhook {
    /// Its name.
    pub name: &'static str,
    /// When: as `pre-rollout`.
    pub r#type: &'static str,
    /// Its address.
    pub url: Text,
    /// How long it may take.
    pub timeout: &'static str,
    /// What it is told.
    pub metadata: Pairs<Text>,
}

impl Kind for Canary {
    const KIND: &'static str = "Canary";

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
