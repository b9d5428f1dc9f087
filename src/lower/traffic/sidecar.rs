//! What workloads may call becomes a Sidecar in each namespace of the profile.

use std::collections::BTreeSet;

use ecow::eco_format;

use crate::kube::traffic::sidecar::{EgressListener, OutboundTrafficPolicy, SidecarSpec};
use crate::kube::wave;
use crate::kube::{Manifest, Sidecar, made};
use crate::lower::Context;
use crate::lower::base::namespace::names;
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

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn hosts(example: &str, namespace: &str) -> String {
        let mesh = crate::lower::example::mesh(example);
        let own = |it: &&crate::kube::Manifest| {
            it.resource.kind() == "Sidecar"
                && it.resource.namespace().is_some_and(|it| it.as_str() == namespace)
        };
        let text = mesh.manifests().iter().find(own).map(crate::yaml::print).unwrap_or_default();
        let lines =
            text.lines().filter_map(|it| it.trim_start().strip_prefix("- ").filter(|it| it.contains('/')));
        lines.map(|it| it.trim_matches(['"', '\''])).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn workloads_see_the_profile_and_the_root_namespace_and_nothing_else() {
        let one = "egress: registry-only\nservices: { a: { versions: { v1: {} } } }";
        let text = object(one, "Sidecar", "default");
        let wanted = "spec:
  egress:
  - hosts:
    - \"./*\"
    - istio-system/*
  outboundTrafficPolicy:
    mode: REGISTRY_ONLY
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn each_namespace_has_its_own_sidecar() {
        let two = "egress: allow-any\nservices: { a: { versions: { v1: {} } }, b: { namespace: other, versions: { v1: {} } } }";
        assert_eq!(hosts(two, "demo"), "./* istio-system/* other/*");
        assert_eq!(hosts(two, "other"), "./* demo/* istio-system/*");
        assert!(object(two, "Sidecar", "default").contains("mode: ALLOW_ANY"));
    }

    #[test]
    fn the_root_namespace_gets_no_sidecar_as_it_would_be_one_for_the_whole_mesh() {
        let root = "egress: allow-any\nclients: { c: { namespace: istio-system } }";
        assert_eq!(hosts(root, "istio-system"), "");
        assert_eq!(hosts(root, "demo"), "./* istio-system/*");
    }

    #[test]
    fn hosts_that_others_cover_are_left_out() {
        let more = "egress: { mode: allow-any, hosts: [x/*, x/a.b, demo/c.d, y/e.f, ~z/g.h] }";
        assert_eq!(hosts(more, "demo"), "./* istio-system/* x/* y/e.f ~z/g.h");
        let all = "egress: { mode: allow-any, hosts: ['*/*', y/e.f] }";
        assert_eq!(hosts(all, "demo"), "*/*");
    }
}
