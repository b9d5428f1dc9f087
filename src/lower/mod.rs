//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod authorization_policy;
mod authorization_rule;
mod container;
mod context;
mod deployment;
mod destination_rule;
mod exposure;
mod files;
mod http_match;
mod http_route;
mod ingress_access;
mod namespace;
mod peer_authentication;
mod pod_disruption_budget;
mod probe;
mod proxy;
mod rule_ports;
mod scope;
mod service;
mod service_account;
mod target;
mod virtual_service;
mod workload;

#[cfg(test)]
mod testing;

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
    out.extend(peer_authentication::peer_authentications(&cx));
    out.extend(authorization_policy::authorization_policies(&cx));
    Mesh::new(out)
}
