//! The budget of time: how long each route may take at the worst, and whether callers wait that long.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::handbook::routes::{forwards, tries};
use crate::handbook::words::{span, table_of};
use crate::profile::Profile;
use crate::profile::lookup::{ServiceRef, Who};
use crate::profile::security::Source;
use crate::profile::traffic::Route;
use crate::template::code;

/// The least pause between tries, where a route says none: Envoy's.
const BACKOFF: u64 = 25;

/// The budget of time.
#[derive(Serialize)]
pub struct Timeouts {
    table: Option<String>,
    calls: Option<String>,
    /// Calls in which the caller gives up while the answer may still come.
    broken: usize,
    /// Routes whose last tries cannot have their whole time.
    cut: usize,
    /// Some route may take for ever.
    endless: bool,
}

impl Timeouts {
    /// The budget of a profile.
    pub fn of(profile: &Profile) -> Self {
        let routes = || {
            profile.service_refs().filter(speaks_http).flat_map(|service| {
                service.service.routes.iter().map(move |(name, route)| (service, name, route))
            })
        };
        let rows =
            routes().filter(|it| forwards(it.2)).map(|(service, name, route)| row(service, name, route));
        let bare = profile.service_refs().filter(speaks_http).filter(|it| it.service.routes.is_empty());
        let rows: Vec<_> = rows.chain(bare.map(without_route)).collect();
        let (calls, broken) = calls(profile);
        Self {
            table: table_of(&["Service", "Route", "Timeout", "Tries", "Each try", "Longest"], &rows),
            calls,
            broken,
            cut: routes().filter(|it| is_cut(it.2)).count(),
            endless: profile.service_refs().filter(speaks_http).any(|it| longest(it).is_none()),
        }
    }
}

fn speaks_http(service: &ServiceRef<'_>) -> bool {
    service.service.ports.values().any(|it| it.protocol.value.is_http())
}

fn row(service: ServiceRef<'_>, name: &str, route: &Route) -> Vec<String> {
    let timeout = route.timeout.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    let each = per_try(route).map_or_else(|| "no limit".to_owned(), span);
    let each = if is_cut(route) { format!("{each} (the timeout ends the last early)") } else { each };
    let worst = worst(route).map_or_else(|| "for ever".to_owned(), span);
    vec![code(service.name()), code(name), timeout, tries(route).to_string(), each, worst]
}

fn without_route(service: ServiceRef<'_>) -> Vec<String> {
    let words = ["none", "none", "3", "no limit", "for ever"].map(str::to_owned);
    std::iter::once(code(service.name())).chain(words).collect()
}

fn per_try(route: &Route) -> Option<u64> {
    let own = route.retries.as_ref().and_then(|it| it.per_try_timeout.as_ref());
    own.or(route.timeout.as_ref()).map(|it| it.millis())
}

/// Whether all tries together need longer than the route allows, each having a time of its own.
fn is_cut(route: &Route) -> bool {
    let own = route.retries.as_ref().and_then(|it| it.per_try_timeout.as_ref());
    let (Some(own), Some(all)) = (own, &route.timeout) else { return false };
    own.millis().saturating_mul(tries(route)) > all.millis()
}

/// The longest that a route may take, in milliseconds; `None` is for ever.
///
/// The pauses grow: the n-th is at most 2^n - 1 times the least, and never more than ten times. A delay that is put in
/// on purpose comes before the timeout counts.
fn worst(route: &Route) -> Option<u64> {
    let least = route.retries.as_ref().and_then(|it| it.backoff.as_ref()).map_or(BACKOFF, |it| it.millis());
    let retries = tries(route).saturating_sub(1);
    let pauses = (1..=retries).map(|it| least.saturating_mul(if it < 4 { (1 << it) - 1 } else { 10 }));
    let pauses = pauses.fold(0, u64::saturating_add);
    let tried = per_try(route).map(|it| it.saturating_mul(tries(route)).saturating_add(pauses));
    let limit = route.timeout.as_ref().map(|it| it.millis());
    let delay = route.fault.as_ref().and_then(|it| it.delay.as_ref()).map_or(0, |it| it.fixed_delay.millis());
    let own = tried.into_iter().chain(limit).min()?;
    Some(own.saturating_add(delay))
}

/// The longest that any request to a service may take; `None` is for ever.
fn longest(service: ServiceRef<'_>) -> Option<u64> {
    let routes = &service.service.routes;
    if routes.is_empty() {
        return None;
    }
    routes.values().filter(|it| forwards(it)).try_fold(0, |most, it| Some(most.max(worst(it)?)))
}

/// How long whoever calls a service waits at the least before it gives up; `None` is for ever.
fn patience(service: ServiceRef<'_>) -> Option<u64> {
    service.service.routes.values().filter_map(|it| it.timeout.as_ref()).map(|it| it.millis()).min()
}

/// The declared calls between services, and how many of them do not fit into their caller's time.
fn calls(profile: &Profile) -> (Option<String>, usize) {
    let (mut rows, mut broken, mut known) = (Vec::new(), 0, BTreeSet::new());
    for (from, to) in edges(profile) {
        if !known.insert((from.id, to.id)) {
            continue;
        }
        let (patience, longest) = (patience(from), longest(to));
        let fits = match (patience, longest) {
            (None, _) => "yes: nobody gives up on the caller",
            (Some(patience), Some(longest)) if longest <= patience => "yes",
            (Some(_), _) => {
                broken += 1;
                "**no**: the caller is given up first"
            }
        };
        let time = |it: Option<u64>| it.map_or_else(|| "for ever".to_owned(), span);
        let most = most_tries(from).saturating_mul(most_tries(to));
        rows.push(vec![
            code(from.name()),
            time(patience),
            code(to.name()),
            time(longest),
            fits.to_owned(),
            most.to_string(),
        ]);
    }
    let head = ["Caller", "Its own callers wait", "Calls", "Which may take", "Fits", "Most requests for one"];
    (table_of(&head, &rows), broken)
}

fn most_tries(service: ServiceRef<'_>) -> u64 {
    service.service.routes.values().map(tries).max().unwrap_or(3).max(1)
}

/// Calls of services to services that rules allow by name.
pub fn edges(profile: &Profile) -> impl Iterator<Item = (ServiceRef<'_>, ServiceRef<'_>)> {
    profile.authz.allow.values().flat_map(move |rule| {
        let callers = rule.from.iter().filter_map(move |it| match it {
            Source::Who(name) => match profile.who(name)? {
                Who::Service(service) => Some(service),
                _ => None,
            },
            Source::Facts(_) => None,
        });
        callers.flat_map(move |from| {
            let to = rule.to.iter().filter_map(move |it| profile.service(it)).filter(speaks_http);
            to.filter(move |it| it.id != from.id).map(move |to| (from, to))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{is_cut, worst};
    use crate::diag::Diagnostics;
    use crate::profile::traffic::Route;
    use crate::source::SourceMap;
    use crate::yaml::{Read, Reader, parse};

    fn route(text: &str) -> Route {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add("a.yaml", format!("{{ split: {{ v1: 100 }}, {text} }}")).unwrap();
        let node = parse(file, &files, &mut diags).unwrap();
        Route::read(&node, &mut Reader::new(&mut diags)).unwrap()
    }

    #[test]
    fn the_timeout_bounds_all_tries_together() {
        assert_eq!(worst(&route("timeout: 2s")), Some(2000));
        assert_eq!(worst(&route("timeout: 2s, retries: { attempts: 2, perTryTimeout: 400ms }")), Some(1300));
        assert_eq!(worst(&route("retries: { attempts: 0 }")), None);
        assert_eq!(worst(&route("retries: { attempts: 1, perTryTimeout: 1s, backoff: 100ms }")), Some(2100));
    }

    #[test]
    fn a_delay_on_purpose_comes_on_top() {
        assert_eq!(worst(&route("timeout: 1s, fault: { delay: { fixedDelay: 3s } }")), Some(4000));
    }

    #[test]
    fn tries_that_do_not_fit_are_seen() {
        assert!(is_cut(&route("timeout: 1s, retries: { attempts: 2, perTryTimeout: 400ms }")));
        assert!(!is_cut(&route("timeout: 2s, retries: { attempts: 2, perTryTimeout: 400ms }")));
    }
}
