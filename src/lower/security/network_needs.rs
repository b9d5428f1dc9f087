//! The connections that every pod of a mesh needs, whoever may call it and whomever it calls.

use std::collections::BTreeSet;

use ecow::EcoVec;

use crate::kube::LabelSelector;
use crate::kube::security::network_policy::{EgressRule, IngressRule, NetworkPort, Peer};
use crate::lower::Context;
use crate::lower::base::namespace;
use crate::lower::security::network_policy::in_namespace;
use crate::profile::outside::EgressMode;
use crate::profile::settings::Injection;
use crate::source::Str;
use crate::units::Port;

/// Merged metrics, and the application's probes as the injector rewrites them.
const AGENT: Port = Port(15020);
/// The proxy's readiness.
const READY: Port = Port(15021);
/// The control plane, by mutual TLS.
const ISTIOD: Port = Port(15012);
/// OTLP by gRPC and by HTTP, and Zipkin.
const COLLECTORS: [Port; 3] = [Port(4317), Port(4318), Port(9411)];

/// A TCP port.
pub fn tcp(port: Port) -> NetworkPort {
    NetworkPort { protocol: "TCP", port }
}

/// What every pod must take. Where the profile names the Prometheus, only its namespace may scrape.
pub fn ingress(cx: &Context<'_>) -> Vec<IngressRule> {
    if cx.injection() == Injection::None {
        return Vec::new();
    }
    let prometheus = cx.profile.observability.as_ref().and_then(|it| it.prometheus.as_ref());
    let open = |from, ports: &[Port]| IngressRule { from, ports: ports.iter().copied().map(tcp).collect() };
    match prometheus {
        Some(it) => vec![open(Some([in_namespace(&it.namespace)].into()), &[AGENT]), open(None, &[READY])],
        None => vec![open(None, &[AGENT, READY])],
    }
}

/// What every pod must be able to open; `None` where the profile says that any call passes.
pub fn egress(cx: &Context<'_>) -> Option<Vec<EgressRule>> {
    let egress = cx.profile.egress.as_ref();
    if egress.is_some_and(|it| it.mode.value == EgressMode::AllowAny) {
        return None;
    }
    let mut rules = vec![dns()];
    if cx.injection() != Injection::None {
        rules.push(to_namespace(&cx.profile.mesh.root_namespace, [ISTIOD].map(tcp).into()));
        rules.push(telemetry(cx));
    }
    rules.extend(externals(cx));
    rules.extend(egress.iter().flat_map(|it| it.hosts.iter()).filter_map(|it| declared(cx, it)));
    Some(rules)
}

fn to_namespace(namespace: &Str, ports: EcoVec<NetworkPort>) -> EgressRule {
    EgressRule { to: Some([in_namespace(namespace)].into()), ports }
}

fn dns() -> EgressRule {
    let ports = ["UDP", "TCP"].map(|protocol| NetworkPort { protocol, port: Port(53) });
    to_namespace(&"kube-system".into(), ports.into())
}

/// Where a collector runs is said by the mesh's configuration, which we do not know: in the root namespace unless the
/// profile chooses providers, then anywhere in the cluster.
fn telemetry(cx: &Context<'_>) -> EgressRule {
    let root = &cx.profile.mesh.root_namespace;
    let to = if cx.profile.telemetry.is_some() { anywhere() } else { in_namespace(root) };
    EgressRule { to: Some([to].into()), ports: COLLECTORS.map(tcp).into() }
}

fn anywhere() -> Peer {
    Peer { namespace_selector: LabelSelector::default(), pod_selector: None }
}

/// Hosts are names and packets have none, so any address will do. An address range would not: to some networks even
/// `0.0.0.0/0` means only what lies outside the cluster.
fn externals(cx: &Context<'_>) -> Option<EgressRule> {
    let all = cx.profile.external.values().flat_map(|it| it.ports.values());
    let numbers: BTreeSet<Port> = all.map(|it| it.number.value).collect();
    let ports: EcoVec<_> = numbers.into_iter().map(tcp).collect();
    (!ports.is_empty()).then_some(EgressRule { to: None, ports })
}

/// More hosts, as `namespace/host`: their ports are not ours to know.
fn declared(cx: &Context<'_>, host: &str) -> Option<EgressRule> {
    let to = match host.split_once('/')?.0 {
        "~" => return None,
        "." => namespace::names(cx.profile).into_iter().map(|it| in_namespace(it)).collect(),
        "*" => [anywhere()].into(),
        namespace => [in_namespace(&namespace.into())].into(),
    };
    Some(EgressRule { to: Some(to), ports: EcoVec::new() })
}
