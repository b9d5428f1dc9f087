//! What there is in meshes: namespaces and kinds, which are all that a project allows.

use std::collections::BTreeSet;

use crate::gitops::Rendered;
use crate::kube::gitops::app_project::GroupKind;
use crate::kube::{Manifest, group, shape};
use crate::source::Str;

/// The kinds of some meshes.
#[derive(Default)]
pub struct Kinds {
    /// Those of objects that live in a namespace.
    pub namespaced: BTreeSet<GroupKind>,
    /// Those of objects that belong to the cluster.
    pub of_the_cluster: BTreeSet<GroupKind>,
}

/// The kinds of all meshes.
pub fn kinds(rendered: &[Rendered<'_>]) -> Kinds {
    let mut all = Kinds::default();
    for manifest in rendered.iter().flat_map(|it| it.mesh.manifests()) {
        let resource = &manifest.resource;
        let group = group(manifest.api_version()).into();
        let kind = GroupKind { group, kind: resource.kind().into() };
        if resource.namespace().is_some() {
            all.namespaced.insert(kind);
            continue;
        }
        // Of a kind that nobody knows, only the cluster knows whether its objects live in a namespace.
        if is_unknown(manifest) {
            all.namespaced.insert(kind.clone());
        }
        all.of_the_cluster.insert(kind);
    }
    all
}

fn is_unknown(manifest: &Manifest) -> bool {
    let resource = &manifest.resource;
    resource.metadata().is_none()
        && shape::is_namespaced(manifest.api_version(), resource.kind()) != Some(false)
}

/// The namespaces that objects of one mesh live in, or that it makes.
pub fn namespaces(rendered: &Rendered<'_>) -> BTreeSet<Str> {
    let resources = rendered.mesh.manifests().iter().map(|it| &it.resource);
    let namespace = |it: &crate::kube::Resource| {
        let made = (it.kind() == "Namespace").then(|| it.name());
        it.namespace().or(made).map(|it| it.value.clone())
    };
    resources.filter_map(namespace).collect()
}

/// The namespace of objects that name none: the profile's, where anything is in it.
pub fn home(rendered: &Rendered<'_>, namespaces: &BTreeSet<Str>) -> Str {
    let own = &rendered.profile.namespace.value;
    namespaces.get(own).or_else(|| namespaces.first()).unwrap_or(own).clone()
}
