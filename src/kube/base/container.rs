//! A container: an image, what it is told, what it may use, and how one sees that it is well.

use serde::Serialize;

use crate::kube::base::probe::{Exec, Probe};
use crate::kube::pairs::Pairs;
use crate::source::{Spanned, Text};
use crate::units::Port;
use crate::units::quantity::Quantity;

/// A container.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its name in the pod.
    pub name: &'static str,
    /// Its image.
    pub image: Text,
    /// In place of the image's entry point.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<Text>,
    /// Arguments of the command.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<Text>,
    /// The ports that it listens on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ContainerPort>,
    /// Its environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// What it asks for and may use.
    #[serde(skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
    /// Up at all?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub startup_probe: Option<Probe>,
    /// Ready for requests?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness_probe: Option<Probe>,
    /// Still alive?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liveness_probe: Option<Probe>,
    /// What is done before it is stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<Lifecycle>,
    /// Where volumes appear.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// Its user and what it may do.
    pub security_context: SecurityContext,
}

/// A port of a [`Container`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerPort {
    /// Its name, which Services use.
    pub name: Text,
    /// Its number.
    pub container_port: Spanned<Port>,
    /// Always `TCP`: written out, because server-side apply keys ports by number and protocol.
    pub protocol: &'static str,
}

/// An environment variable: a value, or where it comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnvVar {
    /// Its name.
    pub name: Text,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
    /// Where its value comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_from: Option<Box<EnvSource>>,
}

/// Where the value of an [`EnvVar`] comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EnvSource {
    /// A Secret.
    SecretKeyRef(KeySelector),
    /// A ConfigMap.
    ConfigMapKeyRef(KeySelector),
}

/// A key of an object.
#[derive(Clone, Debug, Serialize)]
pub struct KeySelector {
    /// The object.
    pub name: Text,
    /// The key in it.
    pub key: Text,
}

/// What a container asks for and may use.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Resources {
    /// What the scheduler sets aside.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub requests: Pairs<Spanned<Quantity>>,
    /// What the container may not exceed.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub limits: Pairs<Spanned<Quantity>>,
}

impl Resources {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.limits.is_empty()
    }
}

/// What is done before a container is stopped.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lifecycle {
    /// Before the signal.
    pub pre_stop: PreStop,
}

/// What is done before the signal.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PreStop {
    /// Nothing, for a while.
    Sleep(Sleep),
    /// A command in the container.
    Exec(Exec),
}

/// A rest.
#[derive(Clone, Debug, Serialize)]
pub struct Sleep {
    /// How long.
    pub seconds: Spanned<u32>,
}

/// A volume that appears in a container.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeMount {
    /// The volume.
    pub name: Text,
    /// Where.
    pub mount_path: Text,
    /// Whether it cannot be written to; said only when it is so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
}

/// The user of a container and what it may do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityContext {
    /// Whether it may become more than it is.
    pub allow_privilege_escalation: bool,
    /// What it may do beyond an ordinary user.
    pub capabilities: Capabilities,
    /// Whether its root file system cannot be written to.
    pub read_only_root_filesystem: Spanned<bool>,
    /// Whether it is refused as root.
    pub run_as_non_root: bool,
    /// The numeric user.
    pub run_as_user: Spanned<u32>,
}

/// What a container may do beyond an ordinary user.
#[derive(Clone, Debug, Serialize)]
pub struct Capabilities {
    /// What it may not.
    pub drop: &'static [&'static str],
}
