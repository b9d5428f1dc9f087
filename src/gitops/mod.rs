//! What hands a rendered folder over to Argo CD or Flux: a project and applications, or a source and kustomizations.
//!
//! All of it follows from the meshes that were rendered: which kinds and namespaces there are, and which of their
//! fields an autoscaler or a rollout engine writes. Whether a path exists is a promise of [`folder`]: `render --out`
//! writes a scenario to `DIR/<scenario>`.

mod argo_cd;
mod contents;
mod flux;
mod ownership;
mod step;

use serde::Serialize;

use crate::bundle::{Bundle, File, ObjectRef, Product, kustomization};
use crate::kube::gitops::document::{Document, Head};
use crate::kube::{Labels, made};
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::profile::delivery::Tool;
use crate::source::Str;
use crate::units::address;
use crate::yaml;

/// Who fetches what from where.
#[derive(Clone, Debug)]
pub struct Handover {
    /// Who applies.
    pub tool: Tool,
    /// The scenario: everything is named after it.
    pub scenario: Str,
    /// The repository.
    pub repository: Str,
    /// The folder in it that `render --out` wrote to.
    pub folder: Str,
    /// The branch, tag or commit; `None`: the default branch, or what comes closest.
    pub revision: Option<Str>,
    /// Where the tool lives; `None`: where it usually does.
    pub namespace: Option<Str>,
    /// The Secret with the credentials of the repository, which Flux wants to be told of.
    pub secret: Option<Str>,
}

/// A profile that was compiled, and the environment in which it was.
#[derive(Clone, Copy, Debug)]
pub struct Rendered<'a> {
    /// The environment, where there is an Application for each.
    pub environment: Option<&'a str>,
    /// The profile.
    pub profile: &'a Profile,
    /// What was made of it.
    pub mesh: &'a Mesh,
}

/// The files for one scenario, in one environment or in several.
pub fn gitops(handover: &Handover, rendered: &[Rendered<'_>]) -> Bundle {
    let mut files = match handover.tool {
        Tool::ArgoCd => argo_cd::files(handover, rendered),
        Tool::Flux => flux::files(handover, rendered),
    };
    let paths: Vec<String> = files.iter().map(|it| it.path.clone()).collect();
    files.push(kustomization("", paths.iter().map(String::as_str)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Bundle { product: Product::Gitops, scenario: handover.scenario.to_string(), files }
}

/// The folder of the repository that holds a bundle: `FOLDER/<scenario>`, or `FOLDER/<environment>/<scenario>`.
pub fn folder(handover: &Handover, environment: Option<&str>) -> String {
    let parts: Vec<&str> = environment.into_iter().chain([handover.scenario.as_str()]).collect();
    address::below(&handover.folder, &parts)
}

/// The longest name that any of the objects will have.
pub fn longest_name(handover: &Handover, environments: &[&str]) -> String {
    let suffixes: Vec<&str> = match handover.tool {
        Tool::ArgoCd => environments.to_vec(),
        Tool::Flux => step::STEPS.iter().map(|it| it.word).collect(),
    };
    let longest = suffixes.into_iter().max_by_key(|it| it.len());
    longest.map_or_else(|| handover.scenario.to_string(), |it| format!("{}-{it}", handover.scenario))
}

impl Handover {
    /// Where the tool lives.
    fn home(&self) -> Str {
        let usual = match self.tool {
            Tool::ArgoCd => "argocd",
            Tool::Flux => "flux-system",
        };
        self.namespace.clone().unwrap_or_else(|| usual.into())
    }

    fn document<S>(
        &self,
        api_version: &'static str,
        kind: &'static str,
        name: Str,
        spec: S,
    ) -> Document<S> {
        let metadata =
            Head { name, namespace: Some(self.home()), labels: self.labels(), finalizers: Vec::new() };
        Document { api_version, kind, metadata, spec }
    }

    fn labels(&self) -> Labels {
        Labels::of([("app.kubernetes.io/managed-by".into(), made("meshgen").value)])
    }
}

/// A document as a file.
fn file<S: Serialize>(path: &str, document: &Document<S>) -> File {
    let namespace = document.metadata.namespace.as_deref().unwrap_or_default().to_owned();
    let object = ObjectRef {
        api_version: document.api_version.to_owned(),
        kind: document.kind.to_owned(),
        namespace,
        name: document.metadata.name.to_string(),
    };
    File { path: path.to_owned(), text: yaml::print(document), object: Some(object) }
}
