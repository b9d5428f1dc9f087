//! Whom a policy is for: every pod of the profile's namespaces, or those of single services.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::kube::labels::Key;
use crate::kube::{LabelSelector, Labels};
use crate::lower::base::namespace;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::source::{Str, Text};

/// The namespaces that policies are written for, sorted, each with its services in the order written.
///
/// The root namespace is not among them: a policy without a selector there is one for the whole mesh.
pub fn namespaces(profile: &Profile) -> BTreeMap<&Text, Vec<ServiceRef<'_>>> {
    let names = namespace::names(profile).into_iter().filter(|it| **it != profile.mesh.root_namespace);
    let mut all: BTreeMap<&Text, Vec<ServiceRef<'_>>> = names.map(|it| (it, Vec::new())).collect();
    for service in profile.service_refs() {
        if let Some(its) = all.get_mut(service.namespace()) {
            its.push(service);
        }
    }
    all
}

/// The services that are named, each once however often it is.
pub fn services<'p>(profile: &'p Profile, to: &[Text]) -> Vec<ServiceRef<'p>> {
    let mut all: Vec<ServiceRef<'p>> = to.iter().filter_map(|it| profile.service(it)).collect();
    if all.len() > 1 {
        all.sort_by(|a, b| a.id.cmp(b.id));
        all.dedup_by(|a, b| a.id == b.id);
    }
    all
}

/// The name of the object that a policy becomes for one of several services. A key has no dot, so no two are alike.
pub fn name_for(key: &Text, service: ServiceRef<'_>) -> Text {
    let mut name = Str::with_capacity(key.len() + 1 + service.name().len());
    for part in [key.as_str(), ".", service.name()] {
        name.push_str(part);
    }
    key.with(name)
}

/// The pods of a service, whatever their version.
pub fn pods_of(service: ServiceRef<'_>) -> LabelSelector {
    LabelSelector { match_labels: Labels::of([label(service.name(), service.engine())]) }
}

/// The label that all pods of a service have. Flagger copies them with `-primary` behind the `app`, and every other
/// label as it is: whatever is for all pods must not ask for `app`, or deny-by-default would cut the copies off.
pub fn label(app: &Text, engine: Option<Engine>) -> (Key, Str) {
    let key = if engine == Some(Engine::Flagger) { "app.kubernetes.io/name" } else { "app" };
    (Cow::Borrowed(key), app.value.clone())
}

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    #[test]
    fn nothing_is_said_for_every_pod_of_the_root_namespace() {
        let profile = "namespace: demo\nauthz: { default: deny }\n\
                       services: { s: { namespace: istio-system, ports: { http: { number: 80 } }, versions: { v1: { image: x } } } }";
        for kind in ["AuthorizationPolicy", "PeerAuthentication"] {
            let found = objects(kind, profile);
            assert_eq!(found.len(), 1, "{kind}");
            assert!(found[0].contains("namespace: demo"));
        }
    }
}
