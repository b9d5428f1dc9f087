//! Two environments on one cluster may not have an object in common: each would undo what the other applies.

use std::collections::BTreeMap;

use crate::gitops::{Rendered, argo_cd};
use crate::kube::group;

/// What two environments have in common that they may not, in words.
pub fn conflict(rendered: &[Rendered<'_>]) -> Option<String> {
    let mut owners = BTreeMap::new();
    for it in rendered {
        let (cluster, environment) = (argo_cd::cluster(it), it.environment.unwrap_or_default());
        for manifest in it.mesh.manifests() {
            let resource = &manifest.resource;
            let namespace = resource.namespace().map_or("", |it| it.as_str());
            let name = resource.name().as_str();
            let key = (cluster.clone(), group(manifest.api_version()), resource.kind(), namespace, name);
            let Some(other) = owners.insert(key, environment) else { continue };
            let place = if namespace.is_empty() { String::new() } else { format!(" in `{namespace}`") };
            return Some(format!(
                "the environments `{other}` and `{environment}` would both own the {} `{name}`{place} of the cluster \
                 `{}`: name a cluster in each with `delivery: {{ cluster: NAME }}`, or give each its own namespace",
                resource.kind(),
                cluster.unwrap_or_default(),
            ));
        }
    }
    None
}
