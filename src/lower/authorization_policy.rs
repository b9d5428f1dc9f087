//! Rules of `authz` become AuthorizationPolicies: one for each service that a rule is for, and one that allows nothing.
//!
//! Scrapers and probes need no rule: metrics on 15020 and probes on 15021 do not pass the proxy's rules at all.

use std::collections::BTreeMap;

use crate::kube::authorization_policy::{Action, AuthorizationPolicySpec, AuthorizationRule};
use crate::kube::{AuthorizationPolicy, Manifest, made};
use crate::lower::context::wave;
use crate::lower::rule_ports::{Apart, Ports};
use crate::lower::{Context, authorization_rule, ingress_access, rule_ports, scope};
use crate::profile::Authz;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{Access, AuthzRule};
use crate::source::{Str, Text};

/// Everything that the profile says of access. An object has the name of its rule, so that people find it.
pub fn authorization_policies(cx: &Context<'_>) -> Vec<Manifest> {
    let Authz { default, allow, deny, dry_run } = &cx.profile.authz;
    let mut out = Policies { cx, namespaces: scope::namespaces(cx.profile), manifests: Vec::new() };
    for (name, rule) in allow.iter() {
        out.rule(Action::Allow, name, rule);
    }
    for (name, rule) in deny.iter() {
        out.rule(Action::Deny, name, rule);
    }
    for (service, rule) in ingress_access::openings(cx) {
        let name = scope::name_for(&made("allow-ingress"), service);
        out.push(Action::Allow, name, Place::Pods(service), dry_run.value, vec![rule]);
    }
    if default.value == Access::Deny {
        out.nothing(&default.with("allow-nothing".into()), dry_run.value);
    }
    out.manifests
}

struct Policies<'c, 's> {
    cx: &'c Context<'s>,
    namespaces: BTreeMap<&'s Text, Vec<ServiceRef<'s>>>,
    manifests: Vec<Manifest>,
}

/// Whom an object is for.
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
        let namespaces = std::mem::take(&mut self.namespaces);
        for (namespace, services) in &namespaces {
            match rule_ports::everywhere(rule, action, services) {
                Ok(ports) => self.about(action, key.clone(), Place::Namespace(namespace), rule, &ports),
                Err(Apart) => self.apart(action, key, rule, services),
            }
        }
        self.namespaces = namespaces;
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
        let dry_run = is_dry_run(self.cx, rule);
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

    fn nothing(&mut self, name: &Text, dry_run: bool) {
        for namespace in self.namespaces.keys().copied().collect::<Vec<_>>() {
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

/// Whether a rule only counts what it would do: because it says so, or all of them do.
pub fn is_dry_run(cx: &Context<'_>, rule: &AuthzRule) -> bool {
    cx.profile.authz.dry_run.value || rule.dry_run.is_some_and(|it| it.value)
}
