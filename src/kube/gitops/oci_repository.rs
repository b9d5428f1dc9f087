//! OCIRepository: what Flux fetches from a registry of container images.

use serde::Serialize;

use crate::kube::gitops::document::Document;
use crate::kube::gitops::git_repository::SecretRef;
use crate::source::Str;

/// An OCIRepository.
pub type OciRepository = Document<OciRepositorySpec>;

/// What an [`OciRepository`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OciRepositorySpec {
    /// How often Flux looks.
    pub interval: &'static str,
    /// How long it waits for an answer.
    pub timeout: &'static str,
    /// The repository, with `oci://`.
    pub url: Str,
    /// What of it.
    #[serde(rename = "ref")]
    pub reference: OciReference,
    /// The Secret with the credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<SecretRef>,
}

/// What of a repository is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum OciReference {
    /// A tag.
    Tag(Str),
    /// The newest tag of a range of versions.
    Semver(Str),
    /// One artifact and no other.
    Digest(Str),
}
