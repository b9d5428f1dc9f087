//! Every namespace of the profile becomes a Namespace that injects proxies and holds pods to the restricted standard.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::kube::wave;
use crate::kube::{Labels, Manifest, Metadata, Namespace};
use crate::lower::Context;
use crate::profile::Profile;
use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::settings::Injection;
use crate::source::Text;

/// One Namespace each. No GitOps tool may prune it, or delete it with what applies it: with a namespace goes everything
/// in it, also what others put there. To tools that are not used the annotations say nothing. The root namespace is the
/// mesh's, whoever else lives there.
pub fn namespaces(cx: &Context<'_>) -> impl Iterator<Item = Manifest> {
    let mut labels = cx.common();
    match cx.injection() {
        Injection::Label => labels.set("istio-injection", "enabled"),
        Injection::Revision => {
            // `default` is Istio's own name of the revision that serves who asks for none.
            let revision = cx.profile.mesh.revision.as_ref().map_or("default".into(), |it| it.value.clone());
            labels.set("istio.io/rev", revision);
        }
        Injection::None => {}
    }
    for mode in ["pod-security.kubernetes.io/audit", "pod-security.kubernetes.io/warn"] {
        labels.set(mode, "restricted");
    }
    if cx.profile.mesh.cni.value {
        // Without Istio CNI every pod gets `istio-init`, whose NET_ADMIN the standard refuses.
        labels.set("pod-security.kubernetes.io/enforce", "restricted");
    }
    let annotations = Labels::of([
        (Cow::Borrowed("argocd.argoproj.io/sync-options"), "Prune=false,Delete=false".into()),
        (Cow::Borrowed("kustomize.toolkit.fluxcd.io/prune"), "disabled".into()),
    ]);
    let own = |it: &&Text| **it != cx.profile.mesh.root_namespace;
    names(cx.profile).into_iter().filter(own).map(move |name| {
        let (labels, annotations) = (labels.clone(), annotations.clone());
        let metadata = Metadata { name: name.clone(), namespace: None, labels, annotations };
        cx.core("v1", wave::NAMESPACE, Namespace { metadata })
    })
}

/// The namespaces of a profile: its own, and those of its services and clients; sorted.
pub fn names(profile: &Profile) -> BTreeSet<&Text> {
    let services = profile.service_refs().map(ServiceRef::namespace);
    let clients = profile.client_refs().map(ClientRef::namespace);
    std::iter::once(&profile.namespace).chain(services).chain(clients).collect()
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    #[test]
    fn a_namespace_injects_by_label_and_is_never_pruned() {
        let expected = "\
apiVersion: v1
kind: Namespace
metadata:
  name: demo
  labels:
    app.kubernetes.io/managed-by: meshgen
    app.kubernetes.io/part-of: demo
    istio-injection: enabled
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
  annotations:
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
    kustomize.toolkit.fluxcd.io/prune: disabled
";
        assert_eq!(object("", "Namespace", "demo"), expected);
    }

    #[test]
    fn a_revision_injects_in_place_of_the_label() {
        let text = object("mesh: { revision: stable }", "Namespace", "demo");
        assert!(text.contains("istio.io/rev: stable\n") && !text.contains("istio-injection"), "{text}");
    }

    #[test]
    fn only_a_mesh_with_cni_enforces_the_restricted_standard() {
        assert!(!object("", "Namespace", "demo").contains("enforce"));
        assert!(object("mesh: { cni: true }", "Namespace", "demo").contains("/enforce: restricted\n"));
    }

    #[test]
    fn every_namespace_is_made_once_but_that_of_the_mesh() {
        let profile = "
services: { a: { namespace: b, versions: { v1: {} } }, c: { namespace: istio-system, versions: { v1: {} } } }
clients: { d: { namespace: b }, e: {} }
";
        assert_eq!(names(profile, "Namespace"), ["b", "demo"]);
    }
}
