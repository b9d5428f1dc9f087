//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod context;
mod destination_rule;
mod exposure;
mod http_match;
mod http_route;
mod service;
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
    Mesh::new(out)
}
