//! Service: one stable name and address for the pods that its selector picks.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Labels, Metadata};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// A Service of type `ClusterIP`.
#[derive(Clone, Debug)]
pub struct Service {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: ServiceSpec,
}

/// What a [`Service`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSpec {
    /// `ClusterIP`: written out, as the API server would fill it in.
    pub r#type: &'static str,
    /// The pods behind it.
    pub selector: Labels,
    /// Its ports.
    pub ports: Vec<ServicePort>,
}

/// A port of a [`Service`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePort {
    /// Its name.
    pub name: Text,
    /// Always `TCP`: written out, because server-side apply keys ports by number and protocol.
    pub protocol: &'static str,
    /// What is spoken, for the mesh.
    pub app_protocol: &'static str,
    /// The number that callers use.
    pub port: Spanned<Port>,
    /// The name of the container's port.
    pub target_port: Text,
}

impl Kind for Service {
    const KIND: &'static str = "Service";

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
