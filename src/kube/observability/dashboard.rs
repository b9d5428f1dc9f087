//! A dashboard as Grafana's sidecar finds it: the JSON of a [`Model`] in a ConfigMap, labelled so.

use serde::ser::{Error, SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::kube::observability::grafana::Model;
use crate::kube::{Kind, Metadata};

/// A ConfigMap that holds one dashboard. It is a kind of its own here because it belongs to another layer than the
/// files of workloads do.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// The name of its file, as Grafana's sidecar writes it: dashboards of all namespaces share one folder.
    pub file: String,
    /// The dashboard.
    pub model: Model,
}

impl Kind for Dashboard {
    const KIND: &'static str = "ConfigMap";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("data", &Data(self))
    }
}

struct Data<'d>(&'d Dashboard);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string_pretty(&self.0.model).map_err(S::Error::custom)?;
        let mut out = serializer.serialize_map(Some(1))?;
        out.serialize_entry(&self.0.file, &format!("{text}\n"))?;
        out.end()
    }
}
