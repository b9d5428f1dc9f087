//! Deployment: so many pods of one make, replaced one after the other when the make changes.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::base::pod::PodTemplate;
use crate::kube::{Kind, LabelSelector, Metadata};
use crate::source::Spanned;

/// A Deployment.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: DeploymentSpec,
}

/// What a [`Deployment`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentSpec {
    /// How many pods; absent: an autoscaler says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<Spanned<u32>>,
    /// Which pods are its own; can never be changed.
    pub selector: LabelSelector,
    /// The make.
    pub template: PodTemplate,
}

impl Kind for Deployment {
    const KIND: &'static str = "Deployment";

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
