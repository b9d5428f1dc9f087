//! What workloads may call becomes a Sidecar in each namespace of the profile.

use std::collections::BTreeSet;

use ecow::eco_format;

use crate::kube::sidecar::{EgressListener, OutboundTrafficPolicy, SidecarSpec};
use crate::kube::{Manifest, Sidecar, made};
use crate::lower::Context;
use crate::lower::context::wave;
use crate::lower::namespace::names;
use crate::profile::outside::{Egress, EgressMode};
use crate::source::Text;

/// One Sidecar a namespace, without selector. The root namespace gets none: there it would be one for the whole mesh.
pub fn sidecars(cx: &Context<'_>, egress: &Egress, out: &mut Vec<Manifest>) {
    let Egress { mode, hosts } = egress;
    let all = names(cx.profile);
    let root = &cx.profile.mesh.root_namespace;
    let word = match mode.value {
        EgressMode::RegistryOnly => "REGISTRY_ONLY",
        EgressMode::AllowAny => "ALLOW_ANY",
    };
    for own in all.iter().filter(|it| it.value != root.value) {
        // Control plane and telemetry live in the root namespace, external hosts in the profile's.
        let whole = std::iter::once(root).chain(all.iter().copied());
        let whole = whole.map(|it| it.with(eco_format!("{it}/*")));
        let known: BTreeSet<Text> = whole.chain(hosts.iter().cloned()).map(|it| seen_from(own, it)).collect();
        let egress = vec![EgressListener { hosts: without_covered(&known) }];
        let outbound_traffic_policy = OutboundTrafficPolicy { mode: mode.with(word) };
        let metadata = cx.metadata(made("default"), own, cx.common());
        let spec = SidecarSpec { egress, outbound_traffic_policy };
        out.push(cx.networking(wave::BEFORE_PODS, Sidecar { metadata, spec }));
    }
}

/// The own namespace is always `.`, so that equal hosts are equal texts.
fn seen_from(own: &Text, host: Text) -> Text {
    match host.split_once('/') {
        Some((namespace, rest)) if namespace == own.value => host.with(eco_format!("./{rest}")),
        _ => host,
    }
}

/// Istio warns of hosts that others cover: all of a namespace, or everything.
fn without_covered(known: &BTreeSet<Text>) -> Vec<Text> {
    let everything = known.iter().any(|it| it.value == "*/*");
    let covered = |host: &Text| match host.split_once('/') {
        Some((namespace, _)) if namespace.starts_with('~') => false,
        Some(("*", "*")) | None => false,
        Some((_, "*")) => everything,
        Some((namespace, _)) => everything || known.contains(&host.with(eco_format!("{namespace}/*"))),
    };
    known.iter().filter(|it| !covered(it)).cloned().collect()
}
