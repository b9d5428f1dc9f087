//! ServiceEntry: a service outside the mesh, made known to it.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// A service outside the mesh.
#[derive(Clone, Debug)]
pub struct ServiceEntry {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: ServiceEntrySpec,
}

/// What a [`ServiceEntry`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceEntrySpec {
    /// Its host names.
    pub hosts: Vec<Text>,
    /// Addresses that callers connect to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Text>,
    /// The namespaces that see it; `.` is its own.
    pub export_to: Vec<Text>,
    /// Its ports.
    pub ports: Vec<EntryPort>,
    /// `MESH_EXTERNAL`: it has no proxy, so nobody tries mutual TLS.
    pub location: &'static str,
    /// How its address is found, in Istio's spelling.
    pub resolution: Spanned<&'static str>,
    /// Fixed addresses behind it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Endpoint>,
}

/// A port of a [`ServiceEntry`].
#[derive(Clone, Debug, Serialize)]
pub struct EntryPort {
    /// Its number.
    pub number: Spanned<Port>,
    /// Its name.
    pub name: Text,
    /// What is spoken, in Istio's spelling.
    pub protocol: Spanned<&'static str>,
}

/// A fixed address.
#[derive(Clone, Debug, Serialize)]
pub struct Endpoint {
    /// Itself.
    pub address: Text,
}

impl Kind for ServiceEntry {
    const KIND: &'static str = "ServiceEntry";

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
