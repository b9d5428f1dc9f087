//! Rollout: what Argo Rollouts has in place of a Deployment.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::base::pod::PodTemplate;
use crate::kube::{Kind, LabelSelector, Metadata};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// A Rollout.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: RolloutSpec,
}

/// What a [`Rollout`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutSpec {
    /// How many pods; absent: an autoscaler says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<Spanned<u32>>,
    /// Seconds after which pods that are not ready are given up.
    pub progress_deadline_seconds: u32,
    /// Whether the release is then rolled back.
    pub progress_deadline_abort: bool,
    /// Back to which releases it goes without steps.
    pub rollback_window: RollbackWindow,
    /// Which pods are its own.
    pub selector: LabelSelector,
    /// The make.
    pub template: PodTemplate,
    /// How one make follows the other.
    pub strategy: Strategy,
}

/// Back to which releases a [`Rollout`] goes without steps.
#[derive(Clone, Debug, Serialize)]
pub struct RollbackWindow {
    /// So many before the last.
    pub revisions: u32,
}

/// How one make follows the other.
#[derive(Clone, Debug, Serialize)]
pub struct Strategy {
    /// Bit by bit.
    pub canary: CanaryStrategy,
}

/// Bit by bit.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryStrategy {
    /// Who parts the requests.
    pub traffic_routing: TrafficRouting,
    /// What is done, one after the other.
    pub steps: Vec<Step>,
    /// Seconds that the new pods are kept after a rollback.
    pub abort_scale_down_delay_seconds: u32,
}

/// Who parts the requests.
#[derive(Clone, Debug, Serialize)]
pub struct TrafficRouting {
    /// Istio.
    pub istio: IstioRouting,
}

/// The objects of Istio that are changed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IstioRouting {
    /// The one whose weights are moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_service: Option<SteeredService>,
    /// Those, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub virtual_services: Vec<SteeredService>,
    /// The one whose subsets are told apart.
    pub destination_rule: SteeredRule,
}

/// A VirtualService and those of its routes that have weights.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SteeredService {
    /// Its name.
    pub name: Text,
    /// Routes of requests, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Text>,
    /// Routes of TLS connections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tls_routes: Vec<SteeredTls>,
    /// Routes of connections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tcp_routes: Vec<SteeredPort>,
}

/// A route of TLS connections, by what it matches.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SteeredTls {
    /// The port.
    pub port: Spanned<Port>,
    /// The server names.
    pub sni_hosts: Vec<Text>,
}

/// A route of connections, by what it matches.
#[derive(Clone, Debug, Serialize)]
pub struct SteeredPort {
    /// The port.
    pub port: Spanned<Port>,
}

/// A DestinationRule and its two subsets.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SteeredRule {
    /// Its name.
    pub name: Text,
    /// The subset of the new pods.
    pub canary_subset_name: &'static str,
    /// The subset of the old ones.
    pub stable_subset_name: &'static str,
}

/// One step of a release.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// So many percent of the requests.
    SetWeight(Spanned<u32>),
    /// Questions that hold the release until they are answered.
    Analysis(StepAnalysis),
}

/// Questions that hold the release.
#[derive(Clone, Debug, Serialize)]
pub struct StepAnalysis {
    /// Where they stand.
    pub templates: Vec<TemplateName>,
    /// What they need to know.
    pub args: Vec<StepArgument>,
}

/// The name of an AnalysisTemplate.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateName {
    /// The name.
    pub template_name: Text,
}

/// What questions need to know.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepArgument {
    /// Its name.
    pub name: &'static str,
    /// Where it is taken from.
    pub value_from: ArgumentSource,
}

/// Where an argument is taken from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArgumentSource {
    /// `Latest`: the hash of the new pods.
    pub pod_template_hash_value: &'static str,
}

impl Kind for Rollout {
    const KIND: &'static str = "Rollout";

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
