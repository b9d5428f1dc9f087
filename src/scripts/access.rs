//! Whether the rules of a profile let a request in, as far as they can be read without a mesh.

use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::security::{Access, AuthzRule, Source, SourceFacts};
use crate::profile::service::ServicePort;
use crate::scripts::answer::Answer;
use crate::scripts::request::Request;
use crate::source::Text;
use crate::units::PortRef;

/// A port of a service, as somebody asks it.
#[derive(Clone, Copy)]
pub struct Door<'p> {
    /// The service.
    pub service: ServiceRef<'p>,
    /// The name of the port.
    pub name: &'p Text,
    /// The port.
    pub port: &'p ServicePort,
}

/// Whether a request gets in; rules that are only tried out do not count.
pub fn admitted(client: ClientRef<'_>, door: Door<'_>, request: &Request) -> Answer {
    let authz = &client.profile.authz;
    let in_force = |it: &&AuthzRule| !it.dry_run.map_or(authz.dry_run.value, |it| it.value);
    let speaks = |it: &&AuthzRule| concerns(it, door);
    let denied = authz.deny.values().filter(in_force).filter(speaks);
    let denied = Answer::any(denied.map(|it| fits(it, client, door, request)));
    let mut allowing = authz.allow.values().filter(in_force).filter(speaks).peekable();
    let shut = authz.default.value == Access::Deny && !authz.dry_run.value;
    let open = allowing.peek().is_none() && !shut;
    let allowed =
        if open { Answer::Yes } else { Answer::any(allowing.map(|it| fits(it, client, door, request))) };
    Answer::all([denied.not(), allowed])
}

/// Whether a rule is for the service.
pub fn concerns(rule: &AuthzRule, door: Door<'_>) -> bool {
    rule.to.is_empty() || names(rule, door.service)
}

/// Whether a rule names the service, by its id or by namespace and name. Asked of every rule and every service, so ids
/// are compared before anything is looked up.
pub fn names(rule: &AuthzRule, service: ServiceRef<'_>) -> bool {
    let spelt_out =
        |it: &Text| it.contains('/') && service.profile.service(it).is_some_and(|it| it.id == service.id);
    rule.to.iter().any(|it| it.value == service.id.value || spelt_out(it))
}

/// Whether a rule speaks of a request to a service that it is for.
pub fn fits(rule: &AuthzRule, client: ClientRef<'_>, door: Door<'_>, request: &Request) -> Answer {
    let path = request.bare_path();
    let method = |it: &Text| Answer::of(pattern(it, &request.method));
    Answer::all([
        calls(rule, client),
        some(&rule.methods, method),
        none(&rule.not_methods, method),
        some(&rule.paths, |it| path_fits(it, path)),
        none(&rule.not_paths, |it| path_fits(it, path)),
        some(&rule.hosts, |_| Answer::Maybe),
        none(&rule.not_hosts, |_| Answer::Maybe),
        some(&rule.ports, |it| {
            Answer::of(match &it.value {
                PortRef::Number(number) => door.port.number.0 == *number,
                PortRef::Name(name) => door.name.value == *name,
            })
        }),
        if rule.when.is_empty() { Answer::Yes } else { Answer::Maybe },
    ])
}

/// Whether a rule speaks of requests of a client.
pub fn calls(rule: &AuthzRule, client: ClientRef<'_>) -> Answer {
    some(&rule.from, |source| match source {
        Source::Who(name) => client.profile.who(name).map_or(Answer::No, |it| {
            Answer::of(it.identity(client.profile) == (client.namespace(), client.service_account()))
        }),
        Source::Facts(facts) => known(facts, client),
    })
}

/// What facts about a caller say of a client that sends no token.
fn known(facts: &SourceFacts, client: ClientRef<'_>) -> Answer {
    let account = format!("{}/{}", client.namespace(), client.service_account());
    let domain = &client.profile.mesh.trust_domain;
    let principal = format!("{domain}/ns/{}/sa/{}", client.namespace(), client.service_account());
    let is = |text: &str| {
        let text = text.to_owned();
        move |it: &Text| Answer::of(pattern(it, &text))
    };
    let addresses =
        [&facts.ip_blocks, &facts.not_ip_blocks, &facts.remote_ip_blocks, &facts.not_remote_ip_blocks];
    Answer::all([
        some(&facts.service_accounts, is(&account)),
        some(&facts.principals, is(&principal)),
        none(&facts.not_principals, is(&principal)),
        some(&facts.namespaces, is(client.namespace())),
        none(&facts.not_namespaces, is(client.namespace())),
        Answer::of(facts.request_principals.is_empty()),
        if addresses.iter().all(|it| it.is_empty()) { Answer::Yes } else { Answer::Maybe },
    ])
}

fn some<T>(wanted: &[T], fits: impl Fn(&T) -> Answer) -> Answer {
    if wanted.is_empty() { Answer::Yes } else { Answer::any(wanted.iter().map(fits)) }
}

fn none<T>(unwanted: &[T], fits: impl Fn(&T) -> Answer) -> Answer {
    Answer::any(unwanted.iter().map(fits)).not()
}

/// Istio's patterns: a `*` at one end, or alone.
fn pattern(pattern: &str, text: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(""), _) => !text.is_empty(),
        (Some(end), _) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => pattern == text,
    }
}

/// Istio's templates beside: `{*}` is one segment, `{**}` at the end is the rest.
fn path_fits(wanted: &str, path: &str) -> Answer {
    if !wanted.contains('{') {
        return Answer::of(pattern(wanted, path));
    }
    let (start, rest) = wanted.split_once("{**}").map_or((wanted, None), |(start, end)| (start, Some(end)));
    if rest.is_some_and(|it| !it.is_empty()) {
        return Answer::Maybe;
    }
    let (parts, segments): (Vec<&str>, Vec<&str>) = (start.split('/').collect(), path.split('/').collect());
    let long_enough =
        if rest.is_some() { segments.len() >= parts.len() } else { segments.len() == parts.len() };
    let same = parts.iter().zip(&segments).enumerate().all(|(at, (part, segment))| match *part {
        "{*}" => !segment.is_empty(),
        "" if rest.is_some() && at + 1 == parts.len() => true,
        part => part == *segment,
    });
    Answer::of(long_enough && same)
}

/// A path that a pattern takes.
pub fn example(wanted: &str) -> String {
    let filled = wanted.replace("{**}", "meshgen").replace("{*}", "meshgen");
    match (filled.strip_prefix('*'), filled.strip_suffix('*')) {
        (Some(end), _) => format!("/meshgen{end}"),
        (None, Some(start)) if start.ends_with('/') => format!("{start}meshgen"),
        (None, Some(start)) => start.to_owned(),
        (None, None) => filled,
    }
}

#[cfg(test)]
mod tests {
    use crate::scripts::access::{example, path_fits};
    use crate::scripts::answer::Answer;

    #[test]
    fn an_example_of_a_path_fits_it() {
        for wanted in ["/", "/api/*", "*.css", "*", "/v/{*}/b", "/v/{*}/{**}", "/{**}"] {
            assert_eq!(path_fits(wanted, &example(wanted)), Answer::Yes, "{wanted}");
        }
        for (wanted, path) in
            [("/api/*", "/ap"), ("*.css", "/a.js"), ("/v/{*}", "/v/a/b"), ("/v/{**}", "/w/a")]
        {
            assert_eq!(path_fits(wanted, path), Answer::No, "{wanted} {path}");
        }
    }
}
