//! A rule of `authz` becomes an AuthorizationPolicy for each service that it is for; one more allows nothing.
//!
//! Scrapers and the kubelet need no rule: merged metrics and rewritten probes (15020) and the proxy's own readiness
//! (15021) never pass the listener that asks.

use std::collections::BTreeMap;

use crate::kube::security::authorization_policy::{Action, AuthorizationPolicySpec, AuthorizationRule};
use crate::kube::wave;
use crate::kube::{AuthorizationPolicy, LabelSelector, Manifest};
use crate::lower::Context;
use crate::lower::security::ingress_access::Opening;
use crate::lower::security::rule_ports::{Apart, Ports};
use crate::lower::security::{authorization_rule, ingress_access, rule_ports, scope};
use crate::lower::traffic::exposure::Exposure;
use crate::profile::Authz;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{Access, AuthzRule};
use crate::source::{Str, Text};

/// Everything that the profile says of access. An object has the name of its rule, so that people find it.
pub fn authorization_policies(cx: &Context<'_>, exposure: &Exposure<'_>) -> Vec<Manifest> {
    let Authz { default, allow, deny, dry_run } = &cx.profile.authz;
    let namespaces = scope::namespaces(cx.profile);
    let mut out = Policies { cx, namespaces: &namespaces, manifests: Vec::new() };
    for (name, rule) in allow.iter() {
        out.rule(Action::Allow, name, rule);
    }
    for (name, rule) in deny.iter() {
        out.rule(Action::Deny, name, rule);
    }
    for Opening { name, service, rule } in ingress_access::openings(cx, exposure) {
        out.push(Action::Allow, name, Place::Pods(service), dry_run.value, vec![rule]);
    }
    if let Some(selector) = ingress_access::gateway_pods(cx, &namespaces) {
        out.gateway(selector, dry_run.value);
    }
    if default.value == Access::Deny {
        out.nothing(&default.with("allow-nothing".into()), dry_run.value);
    }
    out.manifests
}

struct Policies<'c, 's> {
    cx: &'c Context<'s>,
    namespaces: &'c BTreeMap<&'s Text, Vec<ServiceRef<'s>>>,
    manifests: Vec<Manifest>,
}

/// Whom an object is for.
#[derive(Clone, Copy)]
enum Place<'s> {
    /// The pods of a service.
    Pods(ServiceRef<'s>),
    /// Every pod of a namespace.
    Namespace(&'s Text),
}

impl<'s> Policies<'_, 's> {
    fn rule(&mut self, action: Action, key: &Text, rule: &AuthzRule) {
        let targets = scope::services(self.cx.profile, &rule.to);
        if let [only] = targets[..] {
            let ports = rule_ports::at(rule, action, only);
            return self.about(action, key.clone(), Place::Pods(only), rule, &ports);
        }
        self.apart(action, key, rule, &targets);
        if rule.to.is_empty() {
            self.everywhere(action, key, rule);
        }
    }

    fn everywhere(&mut self, action: Action, key: &Text, rule: &AuthzRule) {
        for (namespace, services) in self.namespaces {
            match rule_ports::everywhere(rule, action, services) {
                Ok(ports) => self.about(action, key.clone(), Place::Namespace(namespace), rule, &ports),
                Err(Apart) => self.apart(action, key, rule, services),
            }
        }
    }

    /// An object for each service.
    fn apart(&mut self, action: Action, key: &Text, rule: &AuthzRule, services: &[ServiceRef<'s>]) {
        for service in services {
            let ports = rule_ports::at(rule, action, *service);
            self.about(action, scope::name_for(key, *service), Place::Pods(*service), rule, &ports);
        }
    }

    /// A rule whose ports are none lets nothing in, or refuses nothing: the latter needs no object.
    fn about(&mut self, action: Action, name: Text, place: Place<'s>, rule: &AuthzRule, ports: &Ports) {
        let dry_run = authorization_rule::is_dry_run(self.cx, rule);
        let none = ports.as_ref().is_some_and(Vec::is_empty);
        if !none {
            self.push(action, name, place, dry_run, vec![authorization_rule::rule(self.cx, rule, ports)]);
        } else if action == Action::Allow {
            self.push(action, name, place, dry_run, Vec::new());
        }
    }

    fn push(
        &mut self,
        action: Action,
        name: Text,
        place: Place<'s>,
        dry_run: bool,
        rules: Vec<AuthorizationRule>,
    ) {
        let cx = self.cx;
        let (metadata, selector) = match place {
            Place::Namespace(namespace) => (cx.metadata(name, namespace, cx.common()), None),
            Place::Pods(service) => {
                let metadata = cx.metadata(name, service.namespace(), cx.labels(service.name()));
                (metadata, Some(scope::pods_of(service)))
            }
        };
        let spec = AuthorizationPolicySpec { selector, action: Some(action), rules };
        // What lets in is there before anything keeps out.
        let wave = if action == Action::Allow { wave::FIRST } else { wave::BEFORE_PODS };
        self.keep(wave, AuthorizationPolicy { metadata, spec }, dry_run);
    }

    /// Services decide themselves what they take from the gateway; the gateway takes everything.
    fn gateway(&mut self, selector: LabelSelector, dry_run: bool) {
        let namespace = &self.cx.profile.mesh.gateway.namespace;
        let metadata =
            self.cx.metadata(namespace.with("allow-ingress.at.gateway".into()), namespace, self.cx.common());
        let rules = vec![AuthorizationRule::default()];
        let spec = AuthorizationPolicySpec { selector: Some(selector), action: Some(Action::Allow), rules };
        self.keep(wave::FIRST, AuthorizationPolicy { metadata, spec }, dry_run);
    }

    fn nothing(&mut self, name: &Text, dry_run: bool) {
        for namespace in self.namespaces.keys() {
            let metadata = self.cx.metadata(name.clone(), namespace, self.cx.common());
            let object = AuthorizationPolicy { metadata, spec: AuthorizationPolicySpec::default() };
            self.keep(wave::BEFORE_PODS, object, dry_run);
        }
    }

    fn keep(&mut self, wave: i8, mut object: AuthorizationPolicy, dry_run: bool) {
        if dry_run {
            object.metadata.annotations.set("istio.io/dry-run", Str::inline("true"));
        }
        self.manifests.push(self.cx.security(wave, object));
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    const PROFILE: &str = "
namespace: demo
mtls: { namespace: strict }
clients: { test-client: { image: c }, other-client: { image: c, namespace: away } }
callers: { batch: { namespace: jobs, serviceAccount: nightly } }
services:
  hello: { ports: { http: { number: 80, target: 8080 } }, versions: { v1: { image: x } } }
  api: { ports: { http: { number: 80 } }, versions: { v1: { image: x } } }
";

    fn found(authz: &str) -> Vec<String> {
        objects("AuthorizationPolicy", &format!("{PROFILE}authz: {authz}\n"))
    }

    /// Each object as `namespace/name`, with what its spec begins with.
    fn told(authz: &str) -> Vec<String> {
        let line = |it: &str| {
            let at = |key: &str| it.split_once(key).map_or("", |(_, rest)| rest.lines().next().unwrap_or(""));
            format!("{}/{} {}", at("  namespace: "), at("  name: "), at("spec:"))
        };
        found(authz).iter().map(|it| line(it).trim_end().to_owned()).collect()
    }

    #[test]
    fn a_rule_is_an_object_of_its_name() {
        let rule = r#"{ allow: { client-reads-hello: { from: [test-client], to: hello, methods: [GET], paths: ["/", "/api/*"] } } }"#;
        assert_eq!(
            found(rule),
            ["apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: client-reads-hello
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
        - cluster.local/ns/demo/sa/test-client
    to:
    - operation:
        methods:
        - GET
        paths:
        - /
        - /api/*
"]
        );
    }

    #[test]
    fn names_share_a_source_and_facts_have_their_own() {
        let rule = "{ allow: { r: { to: hello, from: [test-client, { namespaces: [a], serviceAccounts: [b/c] }, \
                    batch, api, batch] } } }";
        let whole = found(rule).remove(0);
        assert_eq!(
            whole.split_once("rules:\n").unwrap().1,
            "  - from:
    - source:
        principals:
        - cluster.local/ns/demo/sa/test-client
        - cluster.local/ns/jobs/sa/nightly
        - cluster.local/ns/demo/sa/api
    - source:
        principals:
        - cluster.local/ns/b/sa/c
        namespaces:
        - a
"
        );
    }

    #[test]
    fn what_lets_in_comes_before_what_keeps_out_and_nothing_is_allowed_by_an_empty_spec() {
        let authz =
            "{ default: deny, deny: { bad: { to: hello, from: batch } }, allow: { good: { to: api } } }";
        assert_eq!(
            told(authz),
            ["demo/good", "away/allow-nothing  {}", "demo/allow-nothing  {}", "demo/bad"]
        );
        assert!(found(authz)[0].ends_with("  action: ALLOW\n  rules:\n  - {}\n"));
    }

    #[test]
    fn a_rule_for_several_services_has_an_object_for_each_and_one_for_all_has_one_a_namespace() {
        assert_eq!(
            told("{ allow: { r: { to: [hello, api, demo/hello] } } }"),
            ["demo/r.api", "demo/r.hello"]
        );
        assert_eq!(told("{ allow: { r: {} } }"), ["away/r", "demo/r"]);
    }

    #[test]
    fn a_dry_run_of_all_is_one_of_each() {
        let dry = |authz: &str| {
            found(authz).iter().map(|it| it.contains("    istio.io/dry-run: \"true\"\n")).collect::<Vec<_>>()
        };
        assert_eq!(dry("{ default: deny, dryRun: true, allow: { r: { to: api } } }"), [true, true, true]);
        assert_eq!(dry("{ default: deny, allow: { r: { to: api, dryRun: true } } }"), [true, false, false]);
    }

    #[test]
    fn conditions_keep_their_key_and_their_order() {
        let rule = "{ allow: { r: { to: api, when: { 'request.headers[b]': [x, z], source.namespace: { notValues: old } } } } }";
        assert!(found(rule)[0].ends_with(
            "  - when:
    - key: request.headers[b]
      values:
      - x
      - z
    - key: source.namespace
      notValues:
      - old
"
        ));
    }

    #[test]
    fn a_gateway_that_lives_among_the_services_is_not_closed_with_them() {
        let inside = |authz: &str| {
            let gateway = "mesh: { gateway: { namespace: demo } }\ngateway: { http: 80, hosts: { a.example.com: hello } }";
            objects("AuthorizationPolicy", &format!("{PROFILE}{gateway}\nauthz: {authz}\n"))
        };
        let of_gateway = |authz: &str| {
            inside(authz).into_iter().find(|it| it.contains("  name: allow-ingress.at.gateway\n"))
        };
        let wanted = "spec:
  selector:
    matchLabels:
      istio: ingressgateway
  action: ALLOW
  rules:
  - {}
";
        assert!(of_gateway("{ default: deny }").unwrap().ends_with(wanted));
        assert!(of_gateway("{ allow: { r: { methods: GET } } }").is_some());
        assert!(of_gateway("{ allow: { r: { to: hello, methods: GET } } }").is_none());
    }
}
