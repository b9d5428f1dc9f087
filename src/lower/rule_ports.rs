//! The ports that a rule of `authz` is about: a profile says those of services, the proxy knows those of pods.
//!
//! Methods, paths, hosts and tokens exist on HTTP ports only. Elsewhere a proxy forgets an ALLOW rule that asks for
//! them, and of a DENY rule it forgets the question: it would refuse everything. So such rules say their ports.

use crate::kube::authorization_policy::Action;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{AuthzRule, Source};
use crate::profile::service::ServicePort;
use crate::profile::units::{Port, PortRef};
use crate::source::{Spanned, Text};

/// Numbers that pods listen on, sorted; `None` is any.
pub type Ports = Option<Vec<Spanned<Port>>>;

/// The ports that a rule is about at one service.
pub fn at(rule: &AuthzRule, action: Action, service: ServiceRef<'_>) -> Ports {
    says_ports(rule, action, &[service]).then(|| listed(rule, &[service]))
}

/// The ports that a rule is about at every service of a namespace; `Err` when one number means one thing here and
/// another there, so that no single object can say it.
pub fn everywhere(rule: &AuthzRule, action: Action, services: &[ServiceRef<'_>]) -> Result<Ports, Apart> {
    if !says_ports(rule, action, services) {
        return Ok(None);
    }
    let all = listed(rule, services);
    let means_another = |service: &ServiceRef<'_>| {
        let own = listed(rule, std::slice::from_ref(service));
        let mut ports = service.service.ports.values().map(ServicePort::target);
        ports.any(|it| all.binary_search(it).is_ok() && own.binary_search(it).is_err())
    };
    if services.iter().any(means_another) { Err(Apart) } else { Ok(Some(all)) }
}

/// One number means different things at different services.
#[derive(Debug, PartialEq, Eq)]
pub struct Apart;

/// Whether a rule that says nothing of paths and the like is about a port.
pub fn covers(rule: &AuthzRule, service: ServiceRef<'_>, port: Port) -> bool {
    rule.ports.is_empty() || listed(rule, &[service]).iter().any(|it| it.value == port)
}

/// The number that a pod listens on for a port of its service.
pub fn target(service: ServiceRef<'_>, reference: &PortRef) -> Option<Spanned<Port>> {
    let mut ports = service.service.ports.iter();
    ports.find(|(name, port)| is(reference, name, port)).map(|(_, port)| *port.target())
}

fn says_ports(rule: &AuthzRule, action: Action, services: &[ServiceRef<'_>]) -> bool {
    let speaks_bytes = |it: &ServiceRef<'_>| it.service.ports.values().any(|port| !port.protocol.is_http());
    !rule.ports.is_empty() || asks_http(rule) && (action == Action::Deny || services.iter().any(speaks_bytes))
}

/// The ports that the rule names, or those that speak HTTP.
fn listed(rule: &AuthzRule, services: &[ServiceRef<'_>]) -> Vec<Spanned<Port>> {
    let mut all = Vec::new();
    for (name, port) in services.iter().flat_map(|it| it.service.ports.iter()) {
        if let Some(named) = rule.ports.iter().find(|it| is(it, name, port)) {
            all.push(named.with(port.target().value));
        } else if rule.ports.is_empty() && port.protocol.is_http() {
            all.push(*port.target());
        }
    }
    all.sort();
    all.dedup();
    all
}

fn is(reference: &PortRef, name: &Text, port: &ServicePort) -> bool {
    match reference {
        PortRef::Number(number) => port.number.value.0 == *number,
        PortRef::Name(it) => name.value == *it,
    }
}

/// Whether the rule asks for what only HTTP has.
fn asks_http(rule: &AuthzRule) -> bool {
    let AuthzRule {
        from,
        to: _,
        methods,
        not_methods,
        paths,
        not_paths,
        hosts,
        not_hosts,
        ports: _,
        when,
        dry_run: _,
    } = rule;
    let lists = [methods, not_methods, paths, not_paths, hosts, not_hosts];
    let token = |source: &Source| match source {
        Source::Who(_) => false,
        Source::Facts(it) => !it.request_principals.is_empty() || !it.not_request_principals.is_empty(),
    };
    lists.iter().any(|it| !it.is_empty())
        || from.iter().any(token)
        || when.names().any(|it| it.starts_with("request."))
}
