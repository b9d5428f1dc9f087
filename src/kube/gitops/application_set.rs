//! ApplicationSet: one Application for each environment.

use serde::Serialize;

use crate::kube::gitops::application::ApplicationSpec;
use crate::kube::gitops::document::{Document, Head};
use crate::source::Str;

/// An ApplicationSet.
pub type ApplicationSet = Document<ApplicationSetSpec>;

/// What an [`ApplicationSet`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetSpec {
    /// Whether the template is one of Go's.
    pub go_template: bool,
    /// As `missingkey=error`.
    pub go_template_options: Vec<&'static str>,
    /// What there is one Application of.
    pub generators: Vec<Generator>,
    /// The Application.
    pub template: Template,
}

/// Makes the values that a template is filled with.
#[derive(Clone, Debug, Serialize)]
pub struct Generator {
    /// Just those that are written here.
    pub list: List,
}

/// Values that are written down.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    /// One an Application.
    pub elements: Vec<Element>,
}

/// What an environment has of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Element {
    /// Its name.
    pub env: Str,
    /// Its cluster, by the name under which Argo CD knows it.
    pub cluster: Str,
    /// The namespace of objects that name none.
    pub namespace: Str,
    /// Its branch, tag or commit.
    pub revision: Str,
    /// Its folder.
    pub path: Str,
}

/// An Application with gaps.
#[derive(Clone, Debug, Serialize)]
pub struct Template {
    /// What it says of itself.
    pub metadata: Head,
    /// What it is.
    pub spec: ApplicationSpec,
}
