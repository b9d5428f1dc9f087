//! AppProject: what Applications may take from where, and put where.

use serde::Serialize;

use crate::kube::gitops::application::Destination;
use crate::kube::gitops::document::Document;
use crate::source::Str;

/// An AppProject.
pub type AppProject = Document<AppProjectSpec>;

/// What an [`AppProject`] allows. An empty list allows nothing; one that is left out would allow everything.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppProjectSpec {
    /// What it is for.
    pub description: Str,
    /// From which repositories.
    pub source_repos: Vec<Str>,
    /// Into which namespaces of which clusters.
    pub destinations: Vec<Destination>,
    /// Which kinds that belong to the cluster.
    pub cluster_resource_whitelist: Vec<GroupKind>,
    /// Which kinds that live in a namespace.
    pub namespace_resource_whitelist: Vec<GroupKind>,
}

/// A kind in all of its versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GroupKind {
    /// Empty for the core group.
    pub group: Str,
    /// As `VirtualService`.
    pub kind: Str,
}
