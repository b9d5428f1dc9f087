//! Who may call a service and has no proxy: strict mutual TLS would shut it out.
//!
//! Declared is whoever an allow rule, an expectation or a load names. Where nothing is refused by default and no rule
//! closes the service, everybody in the profile may call it.

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::profile::lookup::{ClientRef, ServiceRef, Who};
use crate::profile::security::{Access, AuthzRule, Source};
use crate::profile::settings::Injection;
use crate::profile::{Profile, Version};
use crate::source::{Span, Text};

/// The label, or annotation, by which a pod leaves its proxy out.
const KEY: &str = "sidecar.istio.io/inject";

/// Refuses a way to strict in `namespaces` on which a declared caller has no proxy.
///
/// # Errors
/// Every such caller, and a mesh that gives no pod a proxy.
pub fn reach(profile: &Profile, namespaces: &[Text], diags: &mut Diagnostics) -> Result<(), Reported> {
    if let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) {
        let message =
            "no pod of the profile gets a proxy: strict mutual TLS would shut every one of them out";
        let finding = Diagnostic::error(code::CALLER_WITHOUT_PROXY, injection.span, message);
        return Err(diags.report(finding.help("inject proxies first: that is a step of its own")));
    }
    let bare = bare(profile);
    if bare.is_empty() {
        return Ok(());
    }
    // A service with a mode of its own does not change with its namespace.
    let own = |it: &ServiceRef<'_>| it.service.mtls.as_ref().is_some_and(|it| it.mode.is_some());
    let changed = profile.service_refs().filter(|it| namespaces.contains(it.namespace()) && !own(it));
    let changed: Vec<ServiceRef<'_>> = changed.collect();
    for caller in &bare {
        let mut shut = changed.iter().filter(|it| caller.may_call(profile, **it));
        let Some(first) = shut.next() else { continue };
        let more = match shut.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} gets no proxy and may call `{}`{more}: `strict` in `{}` would shut it out",
            caller.words,
            first.id,
            first.namespace()
        );
        let help = format!(
            "let it have its proxy, or say `mtls: permissive` of `{}`, which then stays so",
            first.id
        );
        diags.push(Diagnostic::error(code::CALLER_WITHOUT_PROXY, caller.span, message).help(help));
    }
    diags.ok()
}

/// The allow rules that let callers in by their address alone: who comes so may well have no proxy.
pub fn by_address<'p>(profile: &'p Profile, namespace: &str) -> Vec<&'p Text> {
    let rules = profile.authz.allow.iter().filter(|(_, it)| is_about(profile, it, namespace));
    let rules = rules.filter(|(_, it)| it.from.iter().any(is_address));
    rules.map(|(name, _)| name).collect()
}

/// The identities outside the bundle that allow rules let in: nobody here knows whether they have a proxy.
pub fn from_outside<'p>(profile: &'p Profile, namespace: &str) -> Vec<&'p Text> {
    let named = |name: &Text| {
        let is_it = |source: &Source| matches!(source, Source::Who(it) if it == name);
        let rules = profile.authz.allow.values().filter(|it| is_about(profile, it, namespace));
        rules.into_iter().any(|it| it.from.iter().any(is_it))
    };
    profile.callers.iter().map(|(name, _)| name).filter(|it| named(it)).collect()
}

/// Whether a rule is for a service of a namespace.
fn is_about(profile: &Profile, rule: &AuthzRule, namespace: &str) -> bool {
    let mut named = rule.to.iter().filter_map(|it| profile.service(it));
    rule.to.is_empty() || named.any(|it| it.namespace().as_str() == namespace)
}

fn is_address(source: &Source) -> bool {
    match source {
        Source::Who(_) => false,
        Source::Facts(facts) => {
            let known = [&facts.service_accounts, &facts.principals, &facts.namespaces];
            !facts.ip_blocks.is_empty() && known.iter().all(|it| it.is_empty())
        }
    }
}

/// A workload without a proxy.
struct Bare<'p> {
    id: &'p Text,
    client: bool,
    words: String,
    span: Span,
}

fn bare(profile: &Profile) -> Vec<Bare<'_>> {
    let mut all: Vec<Bare<'_>> = Vec::new();
    for ClientRef { id, client, .. } in profile.client_refs() {
        let span = left_out(&client.version);
        all.extend(span.map(|span| Bare { id, client: true, words: format!("client `{id}`"), span }));
    }
    for service in profile.service_refs() {
        for (version, it) in service.service.versions.iter() {
            let words = || format!("version `{version}` of `{}`", service.id);
            all.extend(left_out(it).map(|span| Bare { id: service.id, client: false, words: words(), span }));
        }
    }
    all
}

fn left_out(version: &Version) -> Option<Span> {
    let said = version.labels.find(KEY).or_else(|| version.annotations.find(KEY));
    said.filter(|(_, value)| value.value == "false").map(|(key, _)| key.span)
}

impl Bare<'_> {
    fn may_call(&self, profile: &Profile, service: ServiceRef<'_>) -> bool {
        if !self.client && self.id == service.id {
            return false;
        }
        let is_me = |name: &Text| match profile.who(name) {
            Some(Who::Client(it)) => self.client && it.id == self.id,
            Some(Who::Service(it)) => !self.client && it.id == self.id,
            Some(Who::Caller(_) | Who::Ingress) | None => false,
        };
        let is_it = |name: &Text| profile.service(name).is_some_and(|it| it.id == service.id);
        let rules = || profile.authz.allow.values().filter(|it| it.to.is_empty() || it.to.iter().any(is_it));
        let fits = |rule: &AuthzRule| {
            let source = |it: &Source| match it {
                Source::Who(name) => is_me(name),
                Source::Facts(_) => is_address(it),
            };
            rule.from.is_empty() || rule.from.iter().any(source)
        };
        let closed = profile.authz.default.value == Access::Deny || rules().next().is_some();
        let answered = profile.expect.values().filter(|it| {
            let outcome = &it.outcome;
            outcome.denied.is_none() && outcome.refused.is_none() && outcome.unreachable.is_none()
        });
        !closed
            || rules().any(fits)
            || answered.into_iter().any(|it| it.from.iter().any(is_me) && is_it(&it.to))
            || profile.load.values().any(|it| is_me(&it.from) && is_it(&it.to))
    }
}
