//! The annotations that Istio knows, where they belong, and what they may say.
//!
//! Source: `annotation/annotations.gen.go` of `istio.io/api` 1.31, and `AnnotationValidation` of `pkg/kube/inject`.

use crate::lint::base::annotation::value;
use crate::lint::words::Verdict;

/// An annotation of Istio's.
pub struct Annotation {
    /// Its whole name.
    pub name: &'static str,
    /// The kinds that it is read on; `Any` for all.
    pub kinds: &'static [&'static str],
    /// How much of a promise it is.
    pub stage: Stage,
    /// Whether Istio advises against it.
    pub deprecated: bool,
    /// Judges its value.
    pub judge: Option<fn(&str) -> Verdict>,
}

/// How much of a promise a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It may change or go away.
    Alpha,
    /// It will stay for a while.
    Beta,
    /// It stays.
    Stable,
}

const POD: &[&str] = &["Pod"];
const SERVICE: &[&str] = &["Service"];
const GATEWAY: &[&str] = &["Gateway"];
const ENTRY: &[&str] = &["WorkloadEntry"];
const ANY: &[&str] = &["Any"];

const fn row(
    name: &'static str,
    kinds: &'static [&'static str],
    stage: Stage,
    judge: Option<fn(&str) -> Verdict>,
) -> Annotation {
    Annotation { name, kinds, stage, deprecated: false, judge }
}

const fn old(name: &'static str, kinds: &'static [&'static str], stage: Stage) -> Annotation {
    Annotation { name, kinds, stage, deprecated: true, judge: None }
}

/// All of them, by name.
pub static ANNOTATIONS: &[Annotation] = &[
    old("alpha.istio.io/canonical-serviceaccounts", SERVICE, Stage::Alpha),
    old("alpha.istio.io/kubernetes-serviceaccounts", SERVICE, Stage::Alpha),
    row("ambient.istio.io/bypass-inbound-capture", POD, Stage::Alpha, None),
    row("ambient.istio.io/dns-capture", POD, Stage::Alpha, None),
    row("ambient.istio.io/redirection", POD, Stage::Beta, None),
    row("ambient.istio.io/waypoint-inbound-binding", &["GatewayClass", "Gateway"], Stage::Alpha, None),
    row("galley.istio.io/analyze-suppress", ANY, Stage::Alpha, None),
    row("gateway.istio.io/controller-version", ANY, Stage::Alpha, None),
    row("gateway.istio.io/name-override", GATEWAY, Stage::Alpha, None),
    row("gateway.istio.io/service-account", GATEWAY, Stage::Alpha, None),
    row("inject.istio.io/templates", POD, Stage::Alpha, None),
    row("istio.io/autoRegistrationGroup", ENTRY, Stage::Alpha, None),
    row("istio.io/connectedAt", ENTRY, Stage::Alpha, None),
    row("istio.io/disconnectedAt", ENTRY, Stage::Alpha, None),
    row("istio.io/dry-run", &["AuthorizationPolicy"], Stage::Alpha, None),
    row("istio.io/reroute-virtual-interfaces", POD, Stage::Alpha, Some(value::interfaces)),
    row("istio.io/rev", POD, Stage::Alpha, None),
    row("istio.io/use-waypoint-canary-weight", &["Service", "ServiceEntry", "Namespace"], Stage::Alpha, None),
    row("istio.io/workloadController", ENTRY, Stage::Alpha, None),
    row("kubernetes.io/ingress.class", &["Ingress"], Stage::Stable, None),
    row("networking.istio.io/exportTo", SERVICE, Stage::Alpha, None),
    row("networking.istio.io/service-type", GATEWAY, Stage::Alpha, None),
    row(
        "networking.istio.io/traffic-distribution",
        &["Namespace", "Service", "ServiceEntry"],
        Stage::Alpha,
        None,
    ),
    row("prometheus.istio.io/merge-metrics", POD, Stage::Alpha, Some(value::truth)),
    row("proxy.istio.io/config", POD, Stage::Beta, Some(value::proxy_config)),
    row("proxy.istio.io/overrides", POD, Stage::Alpha, None),
    row("readiness.status.sidecar.istio.io/applicationPorts", POD, Stage::Alpha, None),
    row("readiness.status.sidecar.istio.io/failureThreshold", POD, Stage::Alpha, Some(value::count)),
    row("readiness.status.sidecar.istio.io/initialDelaySeconds", POD, Stage::Alpha, Some(value::count)),
    row("readiness.status.sidecar.istio.io/periodSeconds", POD, Stage::Alpha, Some(value::count)),
    row("sidecar.istio.io/agentLogLevel", POD, Stage::Alpha, None),
    row("sidecar.istio.io/bootstrapOverride", POD, Stage::Alpha, None),
    row("sidecar.istio.io/componentLogLevel", POD, Stage::Alpha, None),
    old("sidecar.istio.io/discoveryAddress", POD, Stage::Alpha),
    old("sidecar.istio.io/extraStatTags", POD, Stage::Alpha),
    old("sidecar.istio.io/inject", POD, Stage::Beta),
    row("sidecar.istio.io/interceptionMode", POD, Stage::Alpha, Some(value::interception_mode)),
    row("sidecar.istio.io/logLevel", POD, Stage::Alpha, None),
    row("sidecar.istio.io/nativeSidecar", POD, Stage::Alpha, None),
    row("sidecar.istio.io/proxyCPU", POD, Stage::Alpha, Some(value::quantity)),
    row("sidecar.istio.io/proxyCPULimit", POD, Stage::Alpha, Some(value::quantity)),
    row("sidecar.istio.io/proxyImage", POD, Stage::Alpha, None),
    row("sidecar.istio.io/proxyImageType", POD, Stage::Alpha, None),
    row("sidecar.istio.io/proxyMemory", POD, Stage::Alpha, Some(value::quantity)),
    row("sidecar.istio.io/proxyMemoryLimit", POD, Stage::Alpha, Some(value::quantity)),
    row("sidecar.istio.io/rewriteAppHTTPProbers", POD, Stage::Alpha, None),
    old("sidecar.istio.io/statsCompression", POD, Stage::Alpha),
    row("sidecar.istio.io/statsEvictionInterval", POD, Stage::Alpha, None),
    row("sidecar.istio.io/statsFlushInterval", POD, Stage::Alpha, None),
    row("sidecar.istio.io/statsHistogramBins", POD, Stage::Alpha, None),
    row("sidecar.istio.io/statsHistogramBuckets", POD, Stage::Alpha, None),
    old("sidecar.istio.io/statsInclusionPrefixes", POD, Stage::Alpha),
    old("sidecar.istio.io/statsInclusionRegexps", POD, Stage::Alpha),
    old("sidecar.istio.io/statsInclusionSuffixes", POD, Stage::Alpha),
    row("sidecar.istio.io/status", POD, Stage::Alpha, None),
    row("sidecar.istio.io/userVolume", POD, Stage::Alpha, None),
    row("sidecar.istio.io/userVolumeMount", POD, Stage::Alpha, None),
    row("status.sidecar.istio.io/port", POD, Stage::Alpha, Some(value::port)),
    row("topology.istio.io/controlPlaneClusters", &["Namespace"], Stage::Alpha, None),
    row("traffic.istio.io/nodeSelector", SERVICE, Stage::Stable, None),
    row("traffic.sidecar.istio.io/excludeInboundPorts", POD, Stage::Alpha, Some(value::ports)),
    row("traffic.sidecar.istio.io/excludeInterfaces", POD, Stage::Alpha, Some(value::interfaces)),
    row("traffic.sidecar.istio.io/excludeOutboundIPRanges", POD, Stage::Alpha, Some(value::networks)),
    row("traffic.sidecar.istio.io/excludeOutboundPorts", POD, Stage::Alpha, Some(value::ports)),
    row("traffic.sidecar.istio.io/includeInboundPorts", POD, Stage::Alpha, Some(value::ports_or_all)),
    row("traffic.sidecar.istio.io/includeOutboundIPRanges", POD, Stage::Alpha, Some(value::networks_or_all)),
    row("traffic.sidecar.istio.io/includeOutboundPorts", POD, Stage::Alpha, None),
    Annotation {
        deprecated: true,
        ..row("traffic.sidecar.istio.io/kubevirtInterfaces", POD, Stage::Alpha, Some(value::interfaces))
    },
];

/// The annotation of a name.
pub fn annotation(name: &str) -> Option<&'static Annotation> {
    ANNOTATIONS.binary_search_by(|it| it.name.cmp(name)).ok().map(|it| &ANNOTATIONS[it])
}

/// Whether a name is one of Istio's own, known or not; of Kubernetes' Istio reads one.
pub fn is_of_istio(name: &str) -> bool {
    name == "kubernetes.io/ingress.class" || name.split('/').next().is_some_and(|it| it.ends_with("istio.io"))
}

/// Whether Istio itself writes an annotation, so that it is nobody's mistake.
pub fn is_written_by_istio(name: &str) -> bool {
    ["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{ANNOTATIONS, annotation, is_of_istio};

    #[test]
    fn annotations_are_found_by_name() {
        assert!(ANNOTATIONS.is_sorted_by(|a, b| a.name < b.name));
        assert!(ANNOTATIONS.iter().all(|it| annotation(it.name).is_some_and(|found| found.name == it.name)));
        assert!(ANNOTATIONS.iter().all(|it| is_of_istio(it.name)));
        assert!(annotation("sidecar.istio.io/injekt").is_none());
    }
}
