//! Application: Argo CD makes a cluster equal to a folder of a repository.

use serde::Serialize;

use crate::kube::gitops::document::Document;
use crate::source::Str;

/// An Application.
pub type Application = Document<ApplicationSpec>;

/// The version of Argo CD's kinds.
pub const API_VERSION: &str = "argoproj.io/v1alpha1";

/// With it, whoever deletes the Application deletes what it applied.
pub const CASCADE: &str = "resources-finalizer.argocd.argoproj.io";

/// What an [`Application`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSpec {
    /// The AppProject that limits it.
    pub project: Str,
    /// The folder.
    pub source: ApplicationSource,
    /// The cluster.
    pub destination: Destination,
    /// When and how it is applied.
    pub sync_policy: SyncPolicy,
    /// What others write, so that it is no difference.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore_differences: Vec<IgnoreDifferences>,
}

/// A folder of a repository.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSource {
    /// The repository.
    #[serde(rename = "repoURL")]
    pub repo_url: Str,
    /// Branch, tag, commit or range of versions.
    pub target_revision: Str,
    /// The folder in it.
    pub path: Str,
}

/// A cluster, by address or by the name under which Argo CD knows it, and a namespace in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Destination {
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Str>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str>,
    /// The namespace of objects that name none.
    pub namespace: Str,
}

/// When and how a folder is applied.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncPolicy {
    /// Without being asked.
    pub automated: Automated,
    /// As `PruneLast=true`.
    pub sync_options: Vec<&'static str>,
    /// Again, when it fails.
    pub retry: Retry,
}

/// What Argo CD does without being asked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Automated {
    /// Delete what the folder no longer has.
    pub prune: bool,
    /// Undo what somebody changed in the cluster.
    pub self_heal: bool,
}

/// How often a failed sync is tried again.
#[derive(Clone, Debug, Serialize)]
pub struct Retry {
    /// So many times.
    pub limit: u32,
    /// How long it waits.
    pub backoff: Backoff,
}

/// How long Argo CD waits between two tries.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    /// At first.
    pub duration: &'static str,
    /// So many times longer each time.
    pub factor: u32,
    /// At the most.
    pub max_duration: &'static str,
}

/// Fields of an object that somebody else writes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IgnoreDifferences {
    /// The API group of the object.
    pub group: Str,
    /// Its kind.
    pub kind: Str,
    /// Its name.
    pub name: Str,
    /// Its namespace.
    pub namespace: Str,
    /// The fields, as `/spec/replicas`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub json_pointers: Vec<&'static str>,
    /// The fields, where a list is on the way to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub jq_path_expressions: Vec<&'static str>,
}
