//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod context;
mod service;

use crate::check::Scenario;
use crate::mesh::Mesh;

pub use context::{Context, wave};

/// Every object that the scenario needs.
pub fn lower(scenario: &Scenario) -> Mesh {
    let cx = Context::new(scenario);
    let mut out = Vec::new();
    for service in cx.profile.service_refs() {
        out.push(service::service(&cx, service));
    }
    Mesh::new(out)
}
