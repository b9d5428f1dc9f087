//! A document that no mesh holds: it hands a mesh over to a GitOps tool, and lives where that tool lives.

use serde::Serialize;

use crate::kube::Labels;
use crate::source::Str;

/// An object of Argo CD or Flux. It is no [`Resource`](crate::kube::Resource): a mesh never holds what applies it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document<S> {
    /// As `argoproj.io/v1alpha1`.
    pub api_version: &'static str,
    /// As `Application`.
    pub kind: &'static str,
    /// What it says of itself.
    pub metadata: Head,
    /// What it is.
    pub spec: S,
}

/// What a [`Document`] says of itself.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// Its name.
    pub name: Str,
    /// Where the tool lives; `None` in a template, whose maker knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<Str>,
    /// Its labels.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    /// Who must have done its work before the object may go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<&'static str>,
}
