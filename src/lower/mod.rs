//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod authorization_policy;
mod authorization_rule;
mod container;
mod context;
mod deployment;
mod destination_rule;
#[cfg(test)]
mod example;
mod exposure;
mod files;
mod gateway;
mod http_match;
mod http_route;
mod ingress_access;
mod namespace;
mod network_needs;
mod network_policy;
mod peer_authentication;
mod pod_disruption_budget;
mod probe;
mod proxy;
mod reach;
mod request_authentication;
mod rule_ports;
mod scope;
mod service;
mod service_account;
mod service_entry;
mod sidecar;
mod target;
mod telemetry;
mod virtual_service;
mod workload;

use crate::check::Scenario;
use crate::mesh::Mesh;

pub use context::{Context, wave};

/// Every object that the scenario needs.
pub fn lower(scenario: &Scenario) -> Mesh {
    let cx = Context::new(scenario);
    let exposure = exposure::Exposure::of(cx.profile);
    let mut out = Vec::new();
    out.extend(namespace::namespaces(&cx));
    out.extend(service_account::service_accounts(&cx));
    out.extend(network_policy::network_policies(&cx));
    let proxy = proxy::annotations(&cx);
    for workload in workload::workloads(cx.profile) {
        out.extend(files::config_map(&cx, &workload));
        out.push(deployment::deployment(&cx, &workload, &proxy));
        out.extend(pod_disruption_budget::pod_disruption_budget(&cx, &workload));
    }
    for service in cx.profile.service_refs() {
        out.push(service::service(&cx, service));
        out.push(destination_rule::destination_rule(&cx, service));
        virtual_service::virtual_services(&cx, service, &exposure, &mut out);
    }
    out.extend(cx.profile.external.iter().map(|(name, it)| service_entry::service_entry(&cx, name, it)));
    out.extend(cx.profile.gateway.as_ref().and_then(|it| gateway::gateway(&cx, it)));
    if let Some(egress) = &cx.profile.egress {
        sidecar::sidecars(&cx, egress, &mut out);
    }
    out.extend(peer_authentication::peer_authentications(&cx));
    out.extend(request_authentication::request_authentications(&cx));
    out.extend(authorization_policy::authorization_policies(&cx, &exposure));
    out.extend(telemetry::telemetries(&cx));
    Mesh::new(out)
}
