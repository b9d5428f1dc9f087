//! Callers against services at one glance, for meshes small enough to be seen so.

use std::collections::BTreeSet;

use crate::handbook::words::table_of;
use crate::profile::Profile;
use crate::profile::lookup::{ServiceRef, Who};
use crate::profile::security::{AuthzRule, Source};
use crate::source::Text;
use crate::template::code;

/// More rows or columns than these are no glance.
const MOST: usize = 12;

const HEAD: [&str; MOST + 1] = ["Caller"; MOST + 1];

/// A row for each caller, a column for each service. `openings` are the policies that let the gateway in.
pub fn matrix(profile: &Profile, closed: &BTreeSet<&Text>, openings: &[(&str, &str)]) -> Option<String> {
    let mut callers: Vec<&str> = profile.who_names().collect();
    if profile.gateway.is_none() {
        callers.retain(|it| *it != "ingress");
    }
    if callers.len() > MOST || profile.services.len() > MOST {
        return None;
    }
    let names: Vec<String> = profile.service_refs().take(MOST).map(|it| code(it.name())).collect();
    let mut head = HEAD.to_vec();
    head.truncate(names.len() + 1);
    head.iter_mut().skip(1).zip(&names).for_each(|(cell, name)| *cell = name);
    let row = |name: &&str| {
        let who = profile.who(name)?;
        let opened = |it: ServiceRef<'_>| {
            let policy = format!("allow-ingress.{}", it.name());
            openings.iter().any(|(namespace, name)| *name == policy && *namespace == it.namespace().as_str())
        };
        let cell = |it: ServiceRef<'_>| match who {
            Who::Service(own) if own.id == it.id => "–",
            Who::Ingress if !is_exposed(profile, it) => "no way there",
            _ => {
                let closed = closed.contains(it.id) && !(matches!(who, Who::Ingress) && opened(it));
                verdict(profile, who, it, closed).word()
            }
        };
        let cells = profile.service_refs().map(|it| cell(it).to_owned());
        Some(std::iter::once(code(name)).chain(cells).collect::<Vec<_>>())
    };
    let rows: Vec<Vec<String>> = callers.iter().filter_map(row).collect();
    if names.is_empty() { None } else { table_of(&head, &rows) }
}

/// Whether a host of the gateway leads to a service.
fn is_exposed(profile: &Profile, service: ServiceRef<'_>) -> bool {
    let behind = |it: &str| profile.service(it).is_some_and(|it| it.id == service.id);
    profile.gateway.iter().flat_map(|it| it.hosts.values()).any(|it| behind(&it.service))
}

/// Which of the requests of a caller a service takes; `closed`, if it takes only those that a rule allows.
pub fn verdict(profile: &Profile, who: Who<'_>, service: ServiceRef<'_>, closed: bool) -> Verdict {
    let authz = &profile.authz;
    if authz.dry_run.value {
        return Verdict::All;
    }
    let mut least = if closed { Verdict::None } else { Verdict::All };
    for rule in authz.allow.values().filter(|it| closed && is_for(profile, it, service)) {
        least = least.max(about(profile, rule, who));
    }
    for rule in authz.deny.values().filter(|it| is_for(profile, it, service)) {
        let most = match about(profile, rule, who) {
            Verdict::None => Verdict::All,
            Verdict::Some => Verdict::Some,
            Verdict::All => Verdict::None,
        };
        least = least.min(most);
    }
    least
}

/// Which requests of a caller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// None of them.
    None,
    /// Those that meet a condition.
    Some,
    /// All of them.
    All,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
            Self::All => "all",
        }
    }
}

/// Whether a rule that is enforced is about a service.
pub fn is_for(profile: &Profile, rule: &AuthzRule, service: ServiceRef<'_>) -> bool {
    let named = |it: &Text| profile.service(it).is_some_and(|it| it.id == service.id);
    rule.dry_run.is_none_or(|it| !it.value) && (rule.to.is_empty() || rule.to.iter().any(named))
}

fn about(profile: &Profile, rule: &AuthzRule, who: Who<'_>) -> Verdict {
    let same =
        |name: &Text| profile.who(name).is_some_and(|it| it.identity(profile) == who.identity(profile));
    // What facts come to is for the proxy to say; they are never all requests.
    let of = |it: &Source| match it {
        Source::Who(name) if same(name) => Verdict::All,
        Source::Who(_) => Verdict::None,
        Source::Facts(_) => Verdict::Some,
    };
    let caller = rule.from.iter().map(of).max().unwrap_or(Verdict::All);
    let lists: [&[Text]; 6] =
        [&rule.methods, &rule.not_methods, &rule.paths, &rule.not_paths, &rule.hosts, &rule.not_hosts];
    let whole = lists.iter().all(|it| it.is_empty()) && rule.ports.is_empty() && rule.when.is_empty();
    if whole { caller } else { caller.min(Verdict::Some) }
}
