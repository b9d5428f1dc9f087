//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod authorization_policy;
mod authorization_rule;
mod context;
mod ingress_access;
mod peer_authentication;
mod request_authentication;
mod rule_ports;
mod scope;
mod service;
mod telemetry;

#[cfg(test)]
mod testing;

use crate::check::Scenario;
use crate::mesh::Mesh;

pub use context::Context;

/// Every object that the scenario needs.
pub fn lower(scenario: &Scenario) -> Mesh {
    let cx = Context::new(scenario);
    let mut out = Vec::new();
    for service in cx.profile.service_refs() {
        out.push(service::service(&cx, service));
    }
    out.extend(peer_authentication::peer_authentications(&cx));
    out.extend(request_authentication::request_authentications(&cx));
    out.extend(authorization_policy::authorization_policies(&cx));
    out.extend(telemetry::telemetries(&cx));
    Mesh::new(out)
}
