//! The ports that a rule of `authz` is about: a profile says those of services, the proxy knows those of pods.
//!
//! Methods, paths, hosts and tokens exist on HTTP ports only. Elsewhere a proxy forgets an ALLOW rule that asks for
//! them, and of a DENY rule it forgets the question: it would refuse everything. So such rules say their ports.

use crate::kube::security::authorization_policy::Action;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{AuthzRule, Source};
use crate::profile::service::ServicePort;
use crate::source::{Spanned, Text};
use crate::units::{Port, PortRef};

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

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    const PROFILE: &str = "
namespace: demo
services:
  web: { ports: { http: { number: 80, target: 8080 } }, versions: { v1: { image: x } } }
  mixed:
    ports: { http: { number: 80, target: 3000 }, db: { number: 5432, protocol: tcp } }
    versions: { v1: { image: x } }
";

    /// Each object as its name and its ports.
    fn ports(authz: &str) -> Vec<String> {
        let told = |it: &String| {
            let name = it.lines().nth(3).unwrap_or_default().trim_start_matches("  name: ");
            let ports = it.split('"').skip(1).step_by(2);
            std::iter::once(name).chain(ports).collect::<Vec<_>>().join(" ")
        };
        let all = objects("AuthorizationPolicy", &format!("{PROFILE}authz: {authz}\n"));
        all.iter().map(told).collect()
    }

    #[test]
    fn a_named_port_is_the_one_that_the_pod_listens_on() {
        assert_eq!(ports("{ allow: { r: { to: web, ports: [http] } } }"), ["r 8080"]);
        assert_eq!(ports("{ deny: { r: { to: mixed, ports: [80, db] } } }"), ["r 3000 5432"]);
    }

    #[test]
    fn what_only_http_has_is_asked_of_http_ports_only() {
        for asks in
            ["methods: GET", "when: { 'request.headers[a]': b }", "from: { requestPrincipals: me/you }"]
        {
            let rules = |it: &str| ports(&format!("{{ {it}: {{ r: {{ to: [mixed, web], {asks} }} }} }}"));
            assert_eq!(rules("deny"), ["r.mixed 3000", "r.web 8080"], "{asks}");
            assert_eq!(rules("allow"), ["r.mixed 3000", "r.web"], "{asks}");
        }
        assert_eq!(ports("{ deny: { r: { to: mixed, when: { source.namespace: old } } } }"), ["r"]);
    }

    #[test]
    fn a_deny_rule_for_all_says_the_http_ports_of_all() {
        assert_eq!(ports("{ deny: { r: { paths: /admin } } }"), ["r 3000 8080"]);
    }

    #[test]
    fn a_rule_for_all_is_told_apart_where_a_number_means_different_things() {
        let other = "
  other: { ports: { raw: { number: 8080, protocol: tcp }, http: { number: 80, target: 9000 } }, versions: { v1: { image: x } } }
";
        let apart = |authz: &str| {
            let all = objects("AuthorizationPolicy", &format!("{PROFILE}{other}authz: {authz}\n"));
            all.iter().map(|it| it.lines().nth(3).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            apart("{ deny: { r: { paths: /admin } } }"),
            ["  name: r.mixed", "  name: r.other", "  name: r.web"]
        );
        assert_eq!(apart("{ deny: { r: { from: { namespaces: a } } } }"), ["  name: r"]);
    }

    #[test]
    fn where_there_is_no_such_port_a_rule_lets_nothing_in_and_refuses_nothing() {
        let away = |authz: &str| {
            let client = "clients: { c: { namespace: away } }";
            let mut all = objects("AuthorizationPolicy", &format!("{PROFILE}{client}\nauthz: {authz}\n"));
            all.retain(|it| it.contains("namespace: away"));
            all
        };
        assert!(away("{ allow: { r: { ports: http } } }")[0].ends_with("spec:\n  action: ALLOW\n"));
        assert_eq!(away("{ deny: { r: { paths: /admin } } }"), [""; 0]);
    }
}
