//! Where an object of the user's own belongs: its folder, its wave, and whether it lives in a namespace.

use crate::kube::wave;
use crate::kube::{KINDS, Layer, group, shape};
use crate::yaml::Node;

/// The folder of a kind.
pub fn layer(api_version: &str, kind: &str) -> Layer {
    let group = group(api_version);
    if let Some((.., layer)) = KINDS.iter().find(|(name, its, _)| *name == kind && *its == group) {
        return *layer;
    }
    match (group, kind) {
        ("networking.istio.io" | "extensions.istio.io" | "gateway.networking.k8s.io", _) => Layer::Traffic,
        ("security.istio.io", _) | ("networking.k8s.io", "NetworkPolicy") => Layer::Security,
        ("telemetry.istio.io" | "monitoring.coreos.com", _) => Layer::Observability,
        ("argoproj.io", "Rollout" | "AnalysisTemplate" | "ClusterAnalysisTemplate" | "Experiment")
        | ("flagger.app", _) => Layer::Rollout,
        _ => Layer::Base,
    }
}

/// When kinds are applied: group, kinds (none: all others of the group), wave. The first line that fits counts.
const WAVES: &[(&str, &[&str], i8)] = &[
    ("", &["Namespace"], wave::NAMESPACE),
    ("", &["Service", "Endpoints"], wave::BEFORE_PODS),
    ("", &["Pod", "ReplicationController"], wave::PODS),
    ("", &[], wave::FIRST),
    ("apiextensions.k8s.io", &[], wave::NAMESPACE),
    ("rbac.authorization.k8s.io", &[], wave::FIRST),
    ("storage.k8s.io", &[], wave::FIRST),
    ("scheduling.k8s.io", &[], wave::FIRST),
    ("admissionregistration.k8s.io", &[], wave::FIRST),
    ("networking.k8s.io", &["IngressClass"], wave::FIRST),
    ("networking.k8s.io", &["Ingress"], wave::ROUTES),
    ("networking.k8s.io", &[], wave::BEFORE_PODS),
    ("discovery.k8s.io", &[], wave::BEFORE_PODS),
    ("policy", &[], wave::BEFORE_PODS),
    ("networking.istio.io", &["VirtualService", "Gateway"], wave::ROUTES),
    ("networking.istio.io", &[], wave::BEFORE_PODS),
    ("security.istio.io", &[], wave::BEFORE_PODS),
    ("telemetry.istio.io", &[], wave::BEFORE_PODS),
    ("extensions.istio.io", &[], wave::BEFORE_PODS),
    ("gateway.networking.k8s.io", &[], wave::ROUTES),
    ("monitoring.coreos.com", &[], wave::WATCH),
    ("flagger.app", &[], wave::WATCH),
];

/// When an object is applied; kinds that we do not know go with the pods, which is Argo CD's default, too.
pub fn wave(api_version: &str, kind: &str, document: &Node) -> i8 {
    let group = group(api_version);
    if group == "security.istio.io" && kind == "AuthorizationPolicy" && lets_through(document) {
        return wave::FIRST;
    }
    let fits = |kinds: &[&str]| kinds.is_empty() || kinds.contains(&kind);
    WAVES.iter().find(|it| it.0 == group && fits(it.1)).map_or(wave::PODS, |it| it.2)
}

/// An ALLOW with rules goes before whatever denies the rest.
fn lets_through(policy: &Node) -> bool {
    let allows = policy.at(&["spec", "action"]).and_then(Node::text).is_none_or(|it| it == "ALLOW");
    allows && policy.at(&["spec", "rules"]).is_some_and(|it| !it.items().is_empty())
}

/// Whether objects of a kind live in a namespace; `None` for kinds that we do not know.
pub fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    if let Some(known) = shape::is_namespaced(api_version, kind) {
        return Some(known);
    }
    let group = group(api_version);
    if group.ends_with(".istio.io") || matches!(group, "monitoring.coreos.com" | "flagger.app") {
        return Some(true);
    }
    match SCOPES.iter().find(|it| it.0 == group) {
        Some((_, of_the_cluster)) if of_the_cluster.contains(&kind) => Some(false),
        Some((_, [])) => Some(false),
        Some(_) if !group.is_empty() => Some(true),
        _ => None,
    }
}

/// Kinds of a group that belong to the cluster; none named: all do. Of the core group we do not know the others.
const SCOPES: &[(&str, &[&str])] = &[
    ("", &["Node"]),
    ("admissionregistration.k8s.io", &[]),
    ("apiextensions.k8s.io", &[]),
    ("apiregistration.k8s.io", &[]),
    ("argoproj.io", &["ClusterAnalysisTemplate"]),
    ("certificates.k8s.io", &[]),
    ("flowcontrol.apiserver.k8s.io", &[]),
    ("gateway.networking.k8s.io", &["GatewayClass"]),
    ("node.k8s.io", &[]),
];
