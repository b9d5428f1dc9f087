//! ResourceQuota and LimitRange: how much the pods of a namespace may take, together and each.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::pairs::Pairs;
use crate::kube::{Kind, Metadata};
use crate::source::Spanned;
use crate::units::quantity::Quantity;

/// A ResourceQuota.
#[derive(Clone, Debug)]
pub struct ResourceQuota {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: ResourceQuotaSpec,
}

/// What a [`ResourceQuota`] is.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceQuotaSpec {
    /// What there may be of each resource.
    pub hard: Pairs<Spanned<Quantity>>,
}

/// A LimitRange.
#[derive(Clone, Debug)]
pub struct LimitRange {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: LimitRangeSpec,
}

/// What a [`LimitRange`] is.
#[derive(Clone, Debug, Serialize)]
pub struct LimitRangeSpec {
    /// One entry for containers.
    pub limits: [LimitRangeItem; 1],
}

/// What holds for every container that says nothing itself.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitRangeItem {
    /// Always `Container`.
    pub r#type: &'static str,
    /// What it may use.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub default: Pairs<Spanned<Quantity>>,
    /// What is set aside for it.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub default_request: Pairs<Spanned<Quantity>>,
}

impl Kind for ResourceQuota {
    const KIND: &'static str = "ResourceQuota";

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

impl Kind for LimitRange {
    const KIND: &'static str = "LimitRange";

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
