//! Telemetry: what the proxies of a namespace log and trace.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Str, Text};
use crate::units::Percent;

/// A Telemetry for every pod of a namespace. Istio heeds only one such object a namespace.
#[derive(Clone, Debug)]
pub struct Telemetry {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What is logged and traced.
    pub spec: TelemetrySpec,
}

/// What a [`Telemetry`] has logged and traced; what it does not say is left to the mesh.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TelemetrySpec {
    /// Access logs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_logging: Vec<AccessLogging>,
    /// Traces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracing: Vec<Tracing>,
}

/// Access logs.
#[derive(Clone, Debug, Serialize)]
pub struct AccessLogging {
    /// Whose requests; `None`: those of both ends.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Who takes them; none: whom the mesh says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// Which requests; `None`: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
}

/// An end of a call.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// `CLIENT` or `SERVER`.
    pub mode: &'static str,
}

/// Traces.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tracing {
    /// Who takes them; none: whom the mesh says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// How many requests, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub random_sampling_percentage: Option<Spanned<Percent>>,
    /// More tags, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom_tags: BTreeMap<Str, Tag>,
}

/// An extension provider of the mesh's configuration.
#[derive(Clone, Debug, Serialize)]
pub struct Provider {
    /// Its name.
    pub name: Text,
}

/// A condition on requests.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// In CEL.
    pub expression: Text,
}

/// Where the value of a tag comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    /// It is always the same.
    Literal {
        /// The value.
        value: Text,
    },
    /// A request header.
    Header {
        /// Its name.
        name: Text,
    },
}

impl Kind for Telemetry {
    const KIND: &'static str = "Telemetry";

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
