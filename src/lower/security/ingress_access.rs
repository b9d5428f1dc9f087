//! What the gateway exposes stays open to it: rules that close a service do not undo `gateway.hosts` by accident.
//!
//! A service is closed by `default: deny` and, as Istio has it, by any ALLOW rule that is for it. To the service the
//! ingress gateway is one more caller. So each exposed port gets a rule that lets the gateway in, unless an ALLOW rule
//! could fit requests of the gateway: then it was meant to say what comes in from outside, and is the last word.

use std::collections::BTreeMap;

use crate::kube::security::authorization_policy::{self as wire, AuthorizationRule, Operation, Source, To};
use crate::kube::{LabelSelector, Labels};
use crate::lower::Context;
use crate::lower::security::{authorization_rule, rule_ports, scope};
use crate::lower::traffic::exposure::Exposure;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{self, Access, AuthzRule};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// What lets the gateway in to a service.
pub struct Opening<'s> {
    /// The object's name, placed where the service was exposed.
    pub name: Text,
    /// The service.
    pub service: ServiceRef<'s>,
    /// The rule.
    pub rule: AuthorizationRule,
}

/// What lets the gateway in, service by service.
pub fn openings<'s>(cx: &Context<'s>, exposure: &Exposure<'_>) -> Vec<Opening<'s>> {
    let authz = &cx.profile.authz;
    let mut exposed = exposed(cx, exposure);
    if exposed.is_empty() {
        return Vec::new();
    }
    let gateway = &cx.profile.mesh.gateway;
    let principal = cx.principal(&gateway.namespace, &gateway.service_account);
    // A rule that is only tried out neither closes nor opens anything, unless all are.
    let in_force =
        authz.allow.values().filter(|it| authorization_rule::is_dry_run(cx, it) == authz.dry_run.value);
    for rule in in_force {
        let outside = rule.from.is_empty() || rule.from.iter().any(|it| fits(cx, it, &principal));
        if rule.to.is_empty() {
            for it in exposed.values_mut() {
                it.meet(rule, outside);
            }
        }
        for target in rule.to.iter().filter_map(|it| cx.profile.service(it)) {
            if let Some(it) = exposed.get_mut(target.id) {
                it.meet(rule, outside);
            }
        }
    }
    let shut = |it: &Exposed<'_>| !it.ports.is_empty() && (it.closed || authz.default.value == Access::Deny);
    exposed.into_values().filter(shut).map(|it| it.open(&principal)).collect()
}

/// The pods of the gateway, where they live in a namespace of the profile: what closes all of that closes them too, and
/// they would refuse every request from outside. `None` where nothing does.
pub fn gateway_pods(
    cx: &Context<'_>,
    namespaces: &BTreeMap<&Text, Vec<ServiceRef<'_>>>,
) -> Option<LabelSelector> {
    let gateway = &cx.profile.mesh.gateway;
    let authz = &cx.profile.authz;
    let for_all =
        |it: &AuthzRule| it.to.is_empty() && authorization_rule::is_dry_run(cx, it) == authz.dry_run.value;
    let closed = authz.default.value == Access::Deny || authz.allow.values().any(for_all);
    if cx.profile.gateway.is_none() || !closed || !namespaces.contains_key(&gateway.namespace) {
        return None;
    }
    let labels = gateway.selector.iter().map(|(key, value)| (key.to_string().into(), value.value.clone()));
    Some(LabelSelector { match_labels: Labels::of(labels) })
}

struct Exposed<'s> {
    service: ServiceRef<'s>,
    host: Text,
    /// The exposed ports, as numbers of the pods, of which no rule speaks so far.
    ports: Vec<Spanned<Port>>,
    closed: bool,
}

impl<'s> Exposed<'s> {
    fn meet(&mut self, rule: &AuthzRule, outside: bool) {
        self.closed = true;
        if outside {
            let service = self.service;
            self.ports.retain(|it| !rule_ports::covers(rule, service, it.value));
        }
    }

    fn open(&self, gateway: &Text) -> Opening<'s> {
        let source = Source { principals: vec![gateway.clone()], ..Source::default() };
        let ports = self.ports.iter().map(|it| it.with(ecow::eco_format!("{it}"))).collect();
        let operation = Operation { ports, ..Operation::default() };
        let rule = AuthorizationRule {
            from: vec![wire::From { source }],
            to: vec![To { operation }],
            when: Vec::new(),
        };
        let name = scope::name_for(&self.host.with("allow-ingress".into()), self.service);
        Opening { name, service: self.service, rule }
    }
}

fn exposed<'s>(cx: &Context<'s>, exposure: &Exposure<'_>) -> BTreeMap<&'s Text, Exposed<'s>> {
    let mut all = BTreeMap::new();
    for service in cx.profile.service_refs() {
        let hosts = exposure.hosts(service);
        let Some(first) = hosts.first() else { continue };
        let mut ports: Vec<_> = hosts.iter().map(|it| *it.port.1.target()).collect();
        ports.sort();
        ports.dedup();
        let host = first.host.clone();
        all.insert(service.id, Exposed { service, host, ports, closed: false });
    }
    all
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

#[cfg(test)]
mod tests {
    use super::like;
    use crate::lower::example::objects;

    const PROFILE: &str = "
namespace: demo
clients: { test-client: { image: c } }
services:
  hello:
    ports: { http: { number: 80, target: 8080 }, admin: { number: 81, target: 9000 } }
    versions: { v1: { image: x } }
  inner: { ports: { http: { number: 80 } }, versions: { v1: { image: x } } }
gateway: { http: 80, hosts: { hello.example.com: hello, a.example.com: { service: hello, port: admin } } }
";

    /// The ports that the gateway is let in to by itself.
    fn opened(authz: &str) -> Vec<String> {
        let mut all = objects("AuthorizationPolicy", &format!("{PROFILE}authz: {authz}\n"));
        all.retain(|it| it.contains("name: allow-ingress.hello\n"));
        let quoted = |it: &str| it.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        all.iter().flat_map(|it| quoted(it)).collect()
    }

    #[test]
    fn what_is_exposed_stays_open_under_default_deny() {
        let all = objects("AuthorizationPolicy", &format!("{PROFILE}authz: {{ default: deny }}\n"));
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0],
            r#"apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: allow-ingress.hello
  namespace: demo
spec:
  selector:
    matchLabels:
      app: hello
  action: ALLOW
  rules:
  - from:
    - source:
        principals:
        - cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account
    to:
    - operation:
        ports:
        - "8080"
        - "9000"
"#
        );
    }

    #[test]
    fn a_rule_that_closes_a_service_does_not_close_it_to_the_gateway() {
        assert_eq!(opened("{ allow: { r: { from: test-client, to: hello } } }"), ["8080", "9000"]);
        assert_eq!(opened("{ allow: { r: { from: test-client } } }"), ["8080", "9000"]);
    }

    #[test]
    fn what_nothing_closes_needs_no_opening() {
        assert_eq!(opened("{}"), [""; 0]);
        assert_eq!(opened("{ allow: { r: { from: test-client, to: inner } } }"), [""; 0]);
        assert_eq!(opened("{ allow: { r: { from: test-client, to: hello, dryRun: true } } }"), [""; 0]);
    }

    #[test]
    fn a_rule_that_could_fit_the_gateway_is_the_last_word_at_its_ports() {
        for from in [
            "from: ingress, methods: GET",
            "paths: /public",
            "from: { requestPrincipals: '*' }",
            "from: { namespaces: istio-* }",
            "from: { serviceAccounts: istio-system/istio-ingressgateway-service-account }",
            "from: { principals: '*/sa/istio-ingressgateway-service-account' }",
        ] {
            let authz = format!("{{ default: deny, allow: {{ r: {{ to: hello, {from} }} }} }}");
            assert_eq!(opened(&authz), [""; 0], "{from}");
        }
        assert_eq!(opened("{ default: deny, allow: { r: { to: hello, ports: admin } } }"), ["8080"]);
    }

    #[test]
    fn a_star_is_any_text() {
        for pattern in ["abc", "*", "a*", "*c", "a*c", "*b*", "abc*"] {
            assert!(like(pattern, "abc"), "{pattern}");
        }
        for pattern in ["ab", "b*", "*b", "abc*c", ""] {
            assert!(!like(pattern, "abc"), "{pattern}");
        }
    }
}
