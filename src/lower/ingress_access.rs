//! What the gateway exposes stays open to it: rules that close a service do not undo `gateway.hosts` by accident.
//!
//! A service is closed by `default: deny` and, as Istio has it, by any ALLOW rule that is for it. To the service the
//! ingress gateway is one more caller. So each exposed port gets a rule that lets the gateway in, unless an ALLOW rule
//! could fit requests of the gateway: then it was meant to say what comes in from outside, and is the last word.

use std::collections::BTreeMap;

use crate::kube::authorization_policy::{self as wire, AuthorizationRule, Operation, Source, To};
use crate::lower::authorization_policy::is_dry_run;
use crate::lower::{Context, authorization_rule, rule_ports};
use crate::profile::lookup::ServiceRef;
use crate::profile::outside::GatewayHost;
use crate::profile::security::{self, Access, AuthzRule};
use crate::profile::units::Port;
use crate::source::{Spanned, Text};

/// The rules that let the gateway in, by service.
pub fn openings<'s>(cx: &Context<'s>) -> Vec<(ServiceRef<'s>, AuthorizationRule)> {
    let authz = &cx.profile.authz;
    let mut exposed = exposed(cx);
    let gateway = &cx.profile.mesh.gateway;
    let principal = cx.principal(&gateway.namespace, &gateway.service_account);
    // A rule that is only tried out neither closes nor opens anything, unless all are.
    let in_force = authz.allow.values().filter(|it| is_dry_run(cx, it) == authz.dry_run.value);
    for rule in in_force {
        let outside = rule.from.is_empty() || rule.from.iter().any(|it| fits(cx, it, &principal));
        if rule.to.is_empty() {
            exposed.values_mut().for_each(|it| it.meet(rule, outside));
        }
        for target in rule.to.iter().filter_map(|it| cx.profile.service(it)) {
            if let Some(it) = exposed.get_mut(target.id) {
                it.meet(rule, outside);
            }
        }
    }
    let shut = |it: &Exposed<'_>| !it.ports.is_empty() && (it.closed || authz.default.value == Access::Deny);
    exposed.into_values().filter(shut).map(|it| (it.service, opening(&principal, &it.ports))).collect()
}

struct Exposed<'s> {
    service: ServiceRef<'s>,
    /// The exposed ports, as numbers of the pods, of which no rule speaks so far.
    ports: Vec<Spanned<Port>>,
    closed: bool,
}

impl Exposed<'_> {
    fn meet(&mut self, rule: &AuthzRule, outside: bool) {
        self.closed = true;
        if outside {
            let service = self.service;
            self.ports.retain(|it| !rule_ports::covers(rule, service, it.value));
        }
    }
}

fn exposed<'s>(cx: &Context<'s>) -> BTreeMap<&'s Text, Exposed<'s>> {
    let mut all = BTreeMap::new();
    for GatewayHost { service, port } in cx.profile.gateway.iter().flat_map(|it| it.hosts.values()) {
        let Some(service) = cx.profile.service(service) else { continue };
        let target = match port {
            Some(port) => rule_ports::target(service, port).map(|it| port.with(it.value)),
            None => first_http_port(service),
        };
        let it = all.entry(service.id).or_insert(Exposed { service, ports: Vec::new(), closed: false });
        it.ports.extend(target);
        it.ports.sort();
        it.ports.dedup();
    }
    all
}

fn first_http_port(service: ServiceRef<'_>) -> Option<Spanned<Port>> {
    service.service.ports.values().find(|it| it.protocol.is_http()).map(|it| *it.target())
}

/// Whether a source could be the gateway. Where it cannot be told, it could: nothing is opened by a guess.
fn fits(cx: &Context<'_>, source: &security::Source, gateway: &Text) -> bool {
    match source {
        security::Source::Who(name) => {
            authorization_rule::identity(cx, name).is_some_and(|it| it == *gateway)
        }
        security::Source::Facts(facts) => {
            let principals = authorization_rule::principals(cx, facts);
            let namespaces = &facts.namespaces;
            (principals.is_empty() || principals.iter().any(|it| is_identity(it, gateway)))
                && (namespaces.is_empty()
                    || namespaces.iter().any(|it| like(it, &cx.profile.mesh.gateway.namespace)))
        }
    }
}

/// Whether a principal could be an identity; Istio takes `cluster.local` for any trust domain of the mesh.
fn is_identity(principal: &str, identity: &str) -> bool {
    let path = principal.strip_prefix("cluster.local/");
    like(principal, identity)
        || path.is_some_and(|it| identity.split_once('/').is_some_and(|(_, its)| like(it, its)))
}

/// Whether a text fits a pattern in which each `*` is any text.
fn like(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts = rest.split('*');
    let end = parts.next_back().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    text.ends_with(end)
}

fn opening(principal: &Text, ports: &[Spanned<Port>]) -> AuthorizationRule {
    let source = Source { principals: vec![principal.clone()], ..Source::default() };
    let ports = ports.iter().map(|it| it.with(ecow::eco_format!("{it}"))).collect();
    let operation = Operation { ports, ..Operation::default() };
    AuthorizationRule { from: vec![wire::From { source }], to: vec![To { operation }], when: Vec::new() }
}
