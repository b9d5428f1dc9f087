//! What we mean to what the cluster needs: a scenario becomes a mesh. Cannot fail: every question was asked by `check`.

mod authorization_policy;
mod authorization_rule;
mod context;
mod ingress_access;
mod peer_authentication;
mod rule_ports;
mod scope;
mod service;

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
    out.extend(authorization_policy::authorization_policies(&cx));
    Mesh::new(out)
}
