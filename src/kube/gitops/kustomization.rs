//! Kustomization: Flux makes a cluster equal to a folder of a source. Not to be taken for kustomize's own file.

use serde::Serialize;

use crate::kube::gitops::document::Document;
use crate::source::Str;

/// A Kustomization of Flux.
pub type Kustomization = Document<KustomizationSpec>;

/// The version of the kind.
pub const API_VERSION: &str = "kustomize.toolkit.fluxcd.io/v1";

/// What a [`Kustomization`] is. It has no `postBuild`: that would eat every `${...}` of the manifests.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KustomizationSpec {
    /// How often what somebody changed in the cluster is undone.
    pub interval: &'static str,
    /// How long after a failure it is tried again.
    pub retry_interval: &'static str,
    /// How long the objects may take to become well.
    pub timeout: Str,
    /// The source.
    pub source_ref: SourceRef,
    /// The folder in it.
    pub path: Str,
    /// Whether what the folder no longer has is deleted.
    pub prune: bool,
    /// Whether it is ready only when all of its objects are well.
    pub wait: bool,
    /// Who must be ready before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<DependsOn>,
    /// When custom objects are well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub health_check_exprs: Vec<HealthCheck>,
    /// What is done to the manifests on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
}

/// A source beside the object.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRef {
    /// `GitRepository` or `OCIRepository`.
    pub kind: &'static str,
    /// Its name.
    pub name: Str,
}

/// Another Kustomization beside the object.
#[derive(Clone, Debug, Serialize)]
pub struct DependsOn {
    /// Its name.
    pub name: Str,
}

/// When an object of a custom kind is well, in CEL.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthCheck {
    /// As `flagger.app/v1beta1`.
    pub api_version: &'static str,
    /// As `Canary`.
    pub kind: &'static str,
    /// It is well.
    pub current: &'static str,
    /// It will be neither well nor bad for a while.
    pub in_progress: &'static str,
    /// It failed.
    pub failed: &'static str,
}

/// A change to some objects.
#[derive(Clone, Debug, Serialize)]
pub struct Patch {
    /// Which objects.
    pub target: Target,
    /// The change: YAML in a text.
    pub patch: Str,
}

/// Which objects a [`Patch`] changes: those that all fields fit. Names and kinds are regular expressions.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Their kind.
    #[serde(skip_serializing_if = "Str::is_empty")]
    pub kind: Str,
    /// Their name.
    #[serde(skip_serializing_if = "Str::is_empty")]
    pub name: Str,
    /// Their namespace.
    #[serde(skip_serializing_if = "Str::is_empty")]
    pub namespace: Str,
    /// Their annotations, as `a!=b`.
    #[serde(skip_serializing_if = "Str::is_empty")]
    pub annotation_selector: Str,
}
