//! Whom a policy is for: every pod of the profile's namespaces, or those of single services.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::kube::Labels;
use crate::kube::workload_selector::WorkloadSelector;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::source::{Str, Text};

/// The namespaces that policies are written for, sorted, each with its services in the order written.
///
/// The root namespace is not among them: a policy without a selector there is one for the whole mesh.
pub fn namespaces(profile: &Profile) -> BTreeMap<&Text, Vec<ServiceRef<'_>>> {
    let mut all = BTreeMap::from([(&profile.namespace, Vec::new())]);
    for client in profile.client_refs() {
        all.entry(client.namespace()).or_default();
    }
    for service in profile.service_refs() {
        all.entry(service.namespace()).or_default().push(service);
    }
    all.remove(&profile.mesh.root_namespace);
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
pub fn pods_of(service: ServiceRef<'_>) -> WorkloadSelector {
    WorkloadSelector { match_labels: Labels::of([(Cow::Borrowed("app"), service.name().value.clone())]) }
}
