//! The make of a pod: its labels, its identity, its containers and their volumes.

use serde::Serialize;

use crate::kube::base::container::Container;
use crate::kube::{LabelSelector, Labels};
use crate::source::{Spanned, Text};

/// What the pods of a workload are made from.
#[derive(Clone, Debug, Serialize)]
pub struct PodTemplate {
    /// Labels and annotations of the pods.
    pub metadata: PodMetadata,
    /// The pods.
    pub spec: PodSpec,
}

/// What the pods of a workload say of themselves.
#[derive(Clone, Debug, Serialize)]
pub struct PodMetadata {
    /// Their labels.
    pub labels: Labels,
    /// Their annotations.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub annotations: Labels,
}

/// A pod.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    /// Its identity.
    pub service_account_name: Text,
    /// Whether it gets a token for the Kubernetes API.
    pub automount_service_account_token: bool,
    /// Whether every Service of the namespace becomes environment variables.
    pub enable_service_links: bool,
    /// What holds for every container, injected ones too.
    pub security_context: PodSecurityContext,
    /// What happens when a container ends; absent: it is started again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart_policy: Option<&'static str>,
    /// Seconds from the signal to the kill.
    pub termination_grace_period_seconds: Spanned<u32>,
    /// How pods spread over nodes and zones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topology_spread_constraints: Vec<TopologySpread>,
    /// The containers.
    pub containers: [Container; 1],
    /// The volumes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
}

/// What holds for every container of a pod.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSecurityContext {
    /// Which system calls may be made.
    pub seccomp_profile: SeccompProfile,
}

/// Which system calls may be made.
#[derive(Clone, Debug, Serialize)]
pub struct SeccompProfile {
    /// As `RuntimeDefault`.
    pub r#type: &'static str,
}

/// How pods spread over the domains of a topology.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TopologySpread {
    /// By how many pods two domains may differ.
    pub max_skew: u32,
    /// The node label whose values are the domains.
    pub topology_key: &'static str,
    /// What happens to a pod that cannot be placed so.
    pub when_unsatisfiable: &'static str,
    /// The pods that are counted.
    pub label_selector: LabelSelector,
}

/// A volume: a ConfigMap, or a folder that lives as long as its pod.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    /// Its name.
    pub name: Text,
    /// An empty folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty_dir: Option<EmptyDir>,
    /// Keys of a ConfigMap as files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_map: Option<ConfigMapVolume>,
}

/// A folder that is empty at first.
#[derive(Clone, Debug, Serialize)]
pub struct EmptyDir {}

/// Keys of a ConfigMap as files.
#[derive(Clone, Debug, Serialize)]
pub struct ConfigMapVolume {
    /// The ConfigMap.
    pub name: Text,
    /// Which key becomes which file.
    pub items: Vec<KeyToPath>,
}

/// A key that becomes a file.
#[derive(Clone, Debug, Serialize)]
pub struct KeyToPath {
    /// The key.
    pub key: Text,
    /// The file, relative to the volume.
    pub path: Text,
}
