//! GitRepository: what Flux fetches from Git.

use serde::Serialize;

use crate::kube::gitops::document::Document;
use crate::source::Str;

/// A GitRepository.
pub type GitRepository = Document<GitRepositorySpec>;

/// The version of Flux's sources.
pub const API_VERSION: &str = "source.toolkit.fluxcd.io/v1";

/// What a [`GitRepository`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GitRepositorySpec {
    /// How often Flux looks.
    pub interval: &'static str,
    /// How long it waits for an answer.
    pub timeout: &'static str,
    /// The repository: `https`, `http` or `ssh`.
    pub url: Str,
    /// What of it.
    #[serde(rename = "ref")]
    pub reference: GitReference,
    /// The Secret with the credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<SecretRef>,
}

/// What of a repository is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum GitReference {
    /// The newest commit of a branch.
    Branch(Str),
    /// A tag.
    Tag(Str),
    /// The newest tag of a range of versions.
    Semver(Str),
    /// A commit.
    Commit(Str),
    /// A whole name, as `refs/pull/420/head`.
    Name(Str),
}

/// A Secret beside the object.
#[derive(Clone, Debug, Serialize)]
pub struct SecretRef {
    /// Its name.
    pub name: Str,
}
