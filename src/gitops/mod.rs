//! What hands a rendered folder over to Argo CD or Flux: a project and applications, or a source and kustomizations.
//!
//! All of it follows from the meshes that were rendered: which kinds and namespaces there are, and which of their
//! fields an autoscaler or a rollout engine writes. Whether a path exists is a promise of [`folder`]: `render --out`
//! writes a scenario to `DIR/<scenario>`.

mod argo_cd;
mod conflict;
mod contents;
mod flux;
mod ownership;
mod step;

pub use conflict::conflict;

use serde::Serialize;

use crate::bundle::{Bundle, File, ObjectRef, Product, kustomization};
use crate::check::names::{LABEL_VALUE, SUBDOMAIN};
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
    /// The branch, tag or commit for every environment; `None`: what the profile says.
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

/// What keeps the objects from having the names that they would have.
pub fn name_flaw(handover: &Handover, environments: &[&str]) -> Option<String> {
    let scenario = &handover.scenario;
    if handover.tool == Tool::ArgoCd && scenario == "default" {
        return Some("`default` is a project of Argo CD's own: give the profile another name".to_owned());
    }
    let suffixes: Vec<&str> = match handover.tool {
        Tool::ArgoCd => environments.to_vec(),
        Tool::Flux => step::STEPS.iter().map(|it| it.word).collect(),
    };
    let names = suffixes.into_iter().map(|it| format!("{scenario}-{it}"));
    [scenario.to_string()].into_iter().chain(names).find_map(|name| {
        // The tools write names into labels of all that they apply.
        let flaw = SUBDOMAIN.flaw(&name).or_else(|| LABEL_VALUE.flaw(&name))?;
        Some(format!("`{name}` cannot name an object: it {flaw}: give the profile another name"))
    })
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

    fn document<S>(&self, api_version: &'static str, kind: &'static str, name: Str, spec: S) -> Document<S> {
        let metadata = Head { name, namespace: Some(self.home()), labels: labels(), finalizers: Vec::new() };
        Document { api_version, kind, metadata, spec }
    }
}

/// The labels of everything.
fn labels() -> Labels {
    Labels::of([("app.kubernetes.io/managed-by".into(), made("meshgen").value)])
}

/// The branch, tag or commit of a bundle, if anybody says.
fn revision(handover: &Handover, rendered: &Rendered<'_>) -> Option<Str> {
    let said = || rendered.profile.delivery.revision.as_ref().map(|it| it.value.clone());
    handover.revision.clone().or_else(said)
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
