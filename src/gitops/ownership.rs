//! Fields that are in the folder and that somebody else writes in the cluster: autoscalers and rollout engines.

use std::collections::BTreeMap;

use crate::gitops::Rendered;
use crate::kube::{Resource, group};
use crate::profile::rollout::Engine;
use crate::profile::{Profile, Version};
use crate::source::Str;

/// What of an object somebody else writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The number of pods: an autoscaler, or Flagger, which keeps the Deployment at none.
    Replicas,
    /// The weights of a VirtualService: Argo Rollouts.
    Weights,
    /// What tells the pods of two releases apart in a DestinationRule: Argo Rollouts.
    SubsetHashes,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owned {
    /// The API group of the object.
    pub group: Str,
    /// Its kind.
    pub kind: Str,
    /// Its namespace.
    pub namespace: Str,
    /// Its name.
    pub name: Str,
    /// The field.
    pub field: Field,
}

/// Every such field, sorted.
pub fn owned(rendered: &[Rendered<'_>]) -> Vec<Owned> {
    let mut all = Vec::new();
    for it in rendered {
        let writers = writers(it.profile);
        if writers.is_empty() {
            continue;
        }
        for manifest in it.mesh.manifests() {
            let resource = &manifest.resource;
            let Some(field) = field(resource, &writers) else { continue };
            all.push(Owned {
                group: group(manifest.api_version()).into(),
                kind: resource.kind().into(),
                namespace: resource.namespace().map(|it| it.value.clone()).unwrap_or_default(),
                name: resource.name().value.clone(),
                field,
            });
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Who writes fields of a workload, by namespace and label `app`.
type Writers<'p> = BTreeMap<(&'p str, &'p str), Writer<'p>>;

struct Writer<'p> {
    engine: Option<Engine>,
    /// The versions whose pods an autoscaler counts; a client is a version without a name.
    scaled: Vec<&'p str>,
}

fn writers(profile: &Profile) -> Writers<'_> {
    let mut all = Writers::new();
    let is_scaled = |it: &Version| it.autoscaling.is_some();
    for service in profile.service_refs() {
        let engine = profile.engine_of(service).filter(|it| *it != Engine::Git);
        let versions = service.service.versions.iter();
        let scaled: Vec<&str> =
            versions.filter(|(_, it)| is_scaled(it)).map(|(name, _)| name.as_str()).collect();
        if engine.is_some() || !scaled.is_empty() {
            all.insert((service.namespace(), service.name()), Writer { engine, scaled });
        }
    }
    for client in profile.client_refs().filter(|it| is_scaled(&it.client.version)) {
        all.insert((client.namespace(), client.name()), Writer { engine: None, scaled: vec![""] });
    }
    all
}

fn field(resource: &Resource, writers: &Writers<'_>) -> Option<Field> {
    let kind = resource.kind();
    if !matches!(kind, "Deployment" | "Rollout" | "VirtualService" | "DestinationRule") {
        return None;
    }
    let writer = writers.get(&(resource.namespace()?.as_str(), label(resource, "app")?))?;
    match kind {
        "VirtualService" => (writer.engine == Some(Engine::ArgoRollouts)).then_some(Field::Weights),
        "DestinationRule" => (writer.engine == Some(Engine::ArgoRollouts)).then_some(Field::SubsetHashes),
        _ => {
            // An object that stands for all versions, as an engine wants it, names none.
            let is_its = |it: &&str| label(resource, "version").is_none_or(|version| version == *it);
            let kept_at_none = writer.engine == Some(Engine::Flagger);
            (kept_at_none || writer.scaled.iter().any(is_its)).then_some(Field::Replicas)
        }
    }
}

fn label<'r>(resource: &'r Resource, key: &str) -> Option<&'r str> {
    match resource {
        Resource::Other(it) => it.node.at(&["metadata", "labels", key])?.text().map(Str::as_str),
        known => known.metadata()?.labels.get(key).map(Str::as_str),
    }
}
