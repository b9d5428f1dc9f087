//! A bundle is what a mesh looks like on disk: relative paths and their texts.

pub mod inventory;
mod layout;

pub use layout::{Layout, bundle, kustomization, paths, seed_folder};

/// The files of one scenario, sorted by path, the inventory not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// What the files are: a folder of one product never becomes that of another.
    pub product: Product,
    /// The scenario's name: the name of its folder.
    pub scenario: String,
    /// The files.
    pub files: Vec<File>,
}

/// What the files of a folder are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Product {
    /// A scenario's manifests, by `render`.
    Manifests,
    /// A row of bundles, by `plan canary`.
    #[serde(alias = "plan")]
    Canary,
    /// A row of bundles, by `plan blue-green`.
    #[serde(rename = "blue-green")]
    BlueGreen,
    /// A row of bundles, by `plan mtls`.
    Mtls,
    /// A row of bundles, by `plan rollback`.
    Rollback,
    /// What hands a bundle to Argo CD or Flux, by `gitops`.
    Gitops,
    /// Documents and scripts, by `handbook`.
    Handbook,
}

impl Product {
    /// As inventories have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Canary => "canary",
            Self::BlueGreen => "blue-green",
            Self::Mtls => "mtls",
            Self::Rollback => "rollback",
            Self::Gitops => "gitops",
            Self::Handbook => "handbook",
        }
    }

    /// As messages have it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Canary => "a canary plan",
            Self::BlueGreen => "a blue-green plan",
            Self::Mtls => "an mTLS plan",
            Self::Rollback => "a rollback plan",
            Self::Gitops => "GitOps files",
            Self::Handbook => "a handbook",
        }
    }
}

/// One file of a [`Bundle`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the scenario's folder, parts separated by `/`.
    pub path: String,
    /// Its content.
    pub text: String,
    /// The object it holds, if it holds one.
    pub object: Option<ObjectRef>,
}

/// What names a Kubernetes object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectRef {
    /// As `networking.istio.io/v1`.
    pub api_version: String,
    /// As `VirtualService`.
    pub kind: String,
    /// Empty for cluster-wide kinds.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Its name.
    pub name: String,
}
