//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod context;
#[cfg(test)]
mod example;

/// What runs without a mesh.
mod base {
    pub mod autoscaler;
    pub mod container;
    pub mod deployment;
    pub mod files;
    pub mod job;
    pub mod namespace;
    pub mod namespace_limits;
    pub mod pod_disruption_budget;
    pub mod probe;
    pub mod proxy;
    pub mod service;
    pub mod service_account;
    pub mod workload;
}

/// Where requests go.
mod traffic {
    pub mod destination_rule;
    pub mod exposure;
    pub mod gateway;
    pub mod host_overlap;
    pub mod http_match;
    pub mod http_route;
    pub mod load;
    pub mod service_entry;
    pub mod sidecar;
    pub mod target;
    pub mod virtual_service;
}

/// Who may call whom.
mod security {
    pub mod authorization_policy;
    pub mod authorization_rule;
    pub mod ingress_access;
    pub mod network_needs;
    pub mod network_policy;
    pub mod peer_authentication;
    pub mod reach;
    pub mod request_authentication;
    pub mod rule_ports;
    pub mod scope;
}

/// How it is watched.
mod observability {
    pub mod app_logs;
    pub mod dashboard;
    pub mod pod_monitor;
    pub mod receivers;
    pub mod rules;
    pub mod smoke;
    pub mod telemetry;
}

/// How it is rolled out.
mod rollout {
    pub mod argo_rollouts;
    pub mod checks;
    pub mod deadline;
    pub mod flagger;
    pub mod steering;
    pub mod webhook;
}

use crate::check::Scenario;
use crate::kube::Manifest;
use crate::mesh::Mesh;
use crate::profile::Observability;
use crate::profile::rollout::Engine;

pub use context::Context;

/// Every object that the scenario needs.
pub fn lower(scenario: &Scenario) -> Mesh {
    let cx = Context::new(scenario);
    let exposure = traffic::exposure::Exposure::of(cx.profile);
    let mut out = Vec::new();
    out.extend(base::namespace::namespaces(&cx));
    base::namespace_limits::namespace_limits(&cx, &mut out);
    out.extend(base::service_account::service_accounts(&cx));
    out.extend(security::network_policy::network_policies(&cx));
    let proxy = base::proxy::annotations(&cx);
    for workload in base::workload::workloads(cx.profile) {
        out.extend(base::files::config_map(&cx, &workload));
        if workload.engine != Some(Engine::ArgoRollouts) {
            out.push(base::deployment::deployment(&cx, &workload, &proxy));
        }
        out.extend(base::autoscaler::autoscaler(&cx, &workload));
        out.extend(base::pod_disruption_budget::pod_disruption_budget(&cx, &workload));
    }
    for service in cx.profile.service_refs() {
        let engine = service.engine();
        if engine == Some(Engine::Flagger) {
            rollout::flagger::canary(&cx, service, &exposure, &mut out);
            continue;
        }
        out.push(base::service::service(&cx, service));
        out.push(traffic::destination_rule::destination_rule(&cx, service));
        let routed = out.len();
        traffic::virtual_service::virtual_services(&cx, service, &exposure, &mut out);
        if engine == Some(Engine::ArgoRollouts) {
            rollout::argo_rollouts::rollout(&cx, service, &proxy, routed, &mut out);
        }
    }
    out.extend(
        cx.profile.external.iter().map(|(name, it)| traffic::service_entry::service_entry(&cx, name, it)),
    );
    out.extend(cx.profile.gateway.as_ref().and_then(|it| traffic::gateway::gateway(&cx, it)));
    if let Some(egress) = &cx.profile.egress {
        traffic::sidecar::sidecars(&cx, egress, &mut out);
    }
    out.extend(security::peer_authentication::peer_authentications(&cx));
    out.extend(security::request_authentication::request_authentications(&cx));
    out.extend(security::authorization_policy::authorization_policies(&cx, &exposure));
    out.extend(observability::telemetry::telemetries(&cx));
    if let Some(wanted) = &cx.profile.observability {
        watch(&cx, wanted, &mut out);
    }
    out.extend(traffic::load::loads(&cx, &proxy));
    observability::smoke::smoke(&cx, &proxy, &mut out);
    Mesh::new(out)
}

/// What is measured, shown and called out.
fn watch(cx: &Context<'_>, wanted: &Observability, out: &mut Vec<Manifest>) {
    out.extend(observability::pod_monitor::pod_monitors(cx, wanted));
    out.extend(observability::rules::prometheus_rules(cx, wanted));
    out.extend(observability::receivers::alertmanager_configs(cx, wanted));
    out.extend(observability::dashboard::dashboard(cx, wanted));
}
