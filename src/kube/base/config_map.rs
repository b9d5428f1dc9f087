//! ConfigMap: texts by key, mounted into pods as files.

use serde::ser::SerializeStruct;

use crate::kube::pairs::Pairs;
use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// A ConfigMap.
#[derive(Clone, Debug)]
pub struct ConfigMap {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// The texts.
    pub data: Pairs<Text>,
}

impl Kind for ConfigMap {
    const KIND: &'static str = "ConfigMap";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("data", &self.data)
    }
}
