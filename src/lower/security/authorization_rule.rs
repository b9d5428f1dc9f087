//! A rule of `authz` in the words of an AuthorizationPolicy.

use std::collections::BTreeSet;

use crate::kube::security::authorization_policy::{self as wire, AuthorizationRule, Operation, To, When};
use crate::lower::Context;
use crate::lower::security::rule_ports::Ports;
use crate::profile::security::{AuthzRule, Condition, Source, SourceFacts};
use crate::source::Text;

/// The rule, about these ports.
pub fn rule(cx: &Context<'_>, rule: &AuthzRule, ports: &Ports) -> AuthorizationRule {
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
    let operation = Operation {
        hosts: hosts.to_vec(),
        not_hosts: not_hosts.to_vec(),
        methods: methods.to_vec(),
        not_methods: not_methods.to_vec(),
        paths: paths.to_vec(),
        not_paths: not_paths.to_vec(),
        ports: ports.iter().flatten().map(|it| it.with(ecow::eco_format!("{it}"))).collect(),
    };
    let to = if operation == Operation::default() { Vec::new() } else { vec![To { operation }] };
    AuthorizationRule { from: callers(cx, from), to, when: when.iter().map(condition).collect() }
}

/// Identities by name share one source, as any of them will do; facts that must all hold are a source of their own.
fn callers(cx: &Context<'_>, from: &[Source]) -> Vec<wire::From> {
    let mut sources: Vec<wire::Source> = Vec::with_capacity(from.len());
    let mut known = BTreeSet::new();
    let mut named = None;
    for source in from {
        match source {
            Source::Facts(it) => sources.push(facts(cx, it)),
            Source::Who(name) => {
                // Also for a name that means nobody: a source without a fact is refused, one too few lets anybody in.
                let place = *named.get_or_insert_with(|| {
                    sources.push(wire::Source::default());
                    sources.len() - 1
                });
                let principal = identity(cx, name).filter(|it| known.insert(it.value.clone()));
                sources[place].principals.extend(principal);
            }
        }
    }
    sources.into_iter().map(|source| wire::From { source }).collect()
}

/// Whether a rule only counts what it would do: because it says so, or all of them do.
pub fn is_dry_run(cx: &Context<'_>, rule: &AuthzRule) -> bool {
    cx.profile.authz.dry_run.value || rule.dry_run.is_some_and(|it| it.value)
}

/// The identity of whoever a name means, placed where the name was written.
pub fn identity(cx: &Context<'_>, name: &Text) -> Option<Text> {
    let (namespace, service_account) = cx.profile.who(name)?.identity(cx.profile);
    Some(name.with(cx.principal(namespace, service_account).value))
}

/// Service accounts are written as principals, which every release of Istio takes.
pub fn principals(cx: &Context<'_>, facts: &SourceFacts) -> Vec<Text> {
    let of_account = |account: &Text| {
        let (namespace, name) = account.split_once('/').unwrap_or((&cx.profile.namespace, account));
        cx.principal(namespace, &account.with(name.into()))
    };
    facts.service_accounts.iter().map(of_account).chain(facts.principals.iter().cloned()).collect()
}

fn facts(cx: &Context<'_>, facts: &SourceFacts) -> wire::Source {
    let SourceFacts {
        service_accounts: _,
        principals: _,
        not_principals,
        namespaces,
        not_namespaces,
        ip_blocks,
        not_ip_blocks,
        remote_ip_blocks,
        not_remote_ip_blocks,
        request_principals,
        not_request_principals,
    } = facts;
    wire::Source {
        principals: principals(cx, facts),
        not_principals: not_principals.to_vec(),
        request_principals: request_principals.to_vec(),
        not_request_principals: not_request_principals.to_vec(),
        namespaces: namespaces.to_vec(),
        not_namespaces: not_namespaces.to_vec(),
        ip_blocks: ip_blocks.to_vec(),
        not_ip_blocks: not_ip_blocks.to_vec(),
        remote_ip_blocks: remote_ip_blocks.to_vec(),
        not_remote_ip_blocks: not_remote_ip_blocks.to_vec(),
    }
}

fn condition((key, condition): (&Text, &Condition)) -> When {
    let Condition { values, not_values } = condition;
    When { key: key.clone(), values: values.to_vec(), not_values: not_values.to_vec() }
}
