//! Where an object of the user's own belongs: its folder, its wave, and whether it lives in a namespace.

use crate::kube::{KINDS, Layer, builtin, group};
use crate::lower::wave;
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

/// When an object is applied; kinds that we do not know go with the pods, which is Argo CD's default, too.
pub fn wave(api_version: &str, kind: &str, document: &Node) -> i8 {
    match (group(api_version), kind) {
        ("", "Namespace") | ("apiextensions.k8s.io", _) => wave::NAMESPACE,
        (
            "",
            "ServiceAccount"
            | "ConfigMap"
            | "Secret"
            | "PersistentVolume"
            | "PersistentVolumeClaim"
            | "LimitRange"
            | "ResourceQuota",
        )
        | (
            "rbac.authorization.k8s.io"
            | "storage.k8s.io"
            | "scheduling.k8s.io"
            | "admissionregistration.k8s.io",
            _,
        )
        | ("networking.k8s.io", "IngressClass") => wave::FIRST,
        ("security.istio.io", "AuthorizationPolicy") if lets_through(document) => wave::FIRST,
        ("networking.istio.io", "VirtualService" | "Gateway")
        | ("gateway.networking.k8s.io", _)
        | ("networking.k8s.io", "Ingress") => wave::ROUTES,
        ("", "Service" | "Endpoints")
        | ("discovery.k8s.io" | "policy" | "networking.k8s.io", _)
        | ("networking.istio.io" | "security.istio.io" | "telemetry.istio.io" | "extensions.istio.io", _) => {
            wave::BEFORE_PODS
        }
        ("monitoring.coreos.com" | "flagger.app", _) => wave::WATCH,
        _ => wave::PODS,
    }
}

/// An ALLOW with rules goes before whatever denies the rest.
fn lets_through(policy: &Node) -> bool {
    let allows = policy.at(&["spec", "action"]).and_then(Node::text).is_none_or(|it| it == "ALLOW");
    allows && policy.at(&["spec", "rules"]).is_some_and(|it| !it.items().is_empty())
}

/// Whether objects of a kind live in a namespace; `None` for kinds that we do not know.
pub fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    if let Some(known) = builtin::is_namespaced(api_version, kind) {
        return Some(known);
    }
    match (group(api_version), kind) {
        ("", "Node")
        | ("gateway.networking.k8s.io", "GatewayClass")
        | ("argoproj.io", "ClusterAnalysisTemplate")
        | ("apiregistration.k8s.io" | "apiextensions.k8s.io" | "admissionregistration.k8s.io", _)
        | ("storage.k8s.io" | "node.k8s.io" | "certificates.k8s.io" | "flowcontrol.apiserver.k8s.io", _) => {
            Some(false)
        }
        ("gateway.networking.k8s.io" | "monitoring.coreos.com" | "argoproj.io" | "flagger.app", _) => {
            Some(true)
        }
        (group, _) if group.ends_with(".istio.io") => Some(true),
        _ => None,
    }
}
