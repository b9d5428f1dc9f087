//! Every namespace of the profile becomes a Namespace that injects proxies and holds pods to the restricted standard.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::kube::{Labels, Manifest, Metadata, Namespace};
use crate::lower::Context;
use crate::lower::context::wave;
use crate::profile::Profile;
use crate::profile::settings::Injection;
use crate::source::Text;

/// One Namespace each. No GitOps tool may prune it, whichever applies the bundle: with a namespace goes everything in
/// it, also what others put there. To tools that are not used the annotations say nothing.
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
        (Cow::Borrowed("argocd.argoproj.io/sync-options"), "Prune=false".into()),
        (Cow::Borrowed("kustomize.toolkit.fluxcd.io/prune"), "disabled".into()),
    ]);
    names(cx.profile).into_iter().map(move |name| {
        let (labels, annotations) = (labels.clone(), annotations.clone());
        let metadata = Metadata { name: name.clone(), namespace: None, labels, annotations };
        cx.core("v1", wave::NAMESPACE, Namespace { metadata })
    })
}

/// The namespaces of a profile: its own, and those of its services and clients; sorted.
pub fn names(profile: &Profile) -> BTreeSet<&Text> {
    let services = profile.service_refs().map(|it| it.namespace());
    let clients = profile.client_refs().map(|it| it.namespace());
    std::iter::once(&profile.namespace).chain(services).chain(clients).collect()
}
