//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod context;
mod destination_rule;
mod exposure;
mod gateway;
mod http_match;
mod http_route;
mod service;
mod service_entry;
mod sidecar;
mod target;
mod virtual_service;

use crate::check::Scenario;
use crate::mesh::Mesh;

pub use context::Context;

/// Every object that the scenario needs.
pub fn lower(scenario: &Scenario) -> Mesh {
    let cx = Context::new(scenario);
    let exposure = exposure::Exposure::of(cx.profile);
    let mut out = Vec::new();
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
    Mesh::new(out)
}
