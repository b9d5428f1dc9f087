//! What `test-routing.sh` asks: every route by a request that takes it, and what the profile expects of answers.

use serde::Serialize;

use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::traffic::{self, Route};
use crate::profile::{Expectation, Profile};
use crate::scripts::access::{Door, admitted};
use crate::scripts::answer::Answer;
use crate::scripts::ask::{Ask, Skip, Taken, door, door_of, taken};
use crate::scripts::gate::{self, Gate};
use crate::scripts::request::Request;
use crate::source::Text;
use crate::units::Percent;

/// As the template sees it.
#[derive(Serialize)]
pub struct Routing {
    asks: Vec<Split>,
    skips: Vec<Skip>,
    gates: Vec<Gate>,
}

/// A request that is sent often enough to count who answers.
#[derive(Serialize)]
struct Split {
    #[serde(flatten)]
    ask: Ask,
    /// Whether chance decides, so that many requests are needed.
    many: bool,
    /// Versions with their shares in millionths, as `v1=900000`; none: whoever answers is right.
    versions: Vec<String>,
    /// Likewise the statuses that are known; none: any but failures.
    statuses: Vec<String>,
}

/// Everything that can be asked.
pub fn routing(profile: &Profile) -> Routing {
    let mut out = Routing { asks: Vec::new(), skips: Vec::new(), gates: gate::gates(profile) };
    for service in profile.service_refs() {
        match door(service) {
            None => {
                out.skip(
                    format!("routes of {}", service.name()),
                    "it has no port on which requests are seen",
                );
            }
            Some(_) if profile.clients.is_empty() => {
                out.skip(format!("routes of {}", service.name()), "the profile has no client that could ask");
            }
            Some(door) => out.service(profile, door),
        }
    }
    for (name, expected) in profile.expect.iter() {
        out.expected(profile, name, expected);
    }
    out
}

impl Routing {
    fn skip(&mut self, what: String, why: impl Into<String>) {
        self.skips.push(Skip::new(what, why));
    }

    fn service(&mut self, profile: &Profile, door: Door<'_>) {
        let service = door.service;
        let owned = service.engine().is_some();
        if service.service.routes.is_empty() {
            let label = format!("{}: every request", service.name());
            let first = service.service.versions.names().next().map(|it| share(it, ALL));
            let versions = if owned { Vec::new() } else { first.into_iter().collect() };
            let asked = first_that_may(profile, door, |client| {
                Some(Request::get("/")).filter(|it| admitted(client, door, it) == Answer::Yes)
            });
            match asked {
                Some((client, request)) => {
                    let ask = Ask::new(label, client, door, &request);
                    self.push(Split { ask, many: false, versions, statuses: Vec::new() });
                }
                None => self.skip(label, NOT_LET_IN),
            }
        }
        for (name, route) in service.service.routes.iter() {
            let label = format!("{}: route {name}", service.name());
            match example(profile, door, name, route) {
                Err(why) => self.skip(label, why),
                Ok((client, request)) => {
                    let ask = Ask::new(label, client, door, &request);
                    let split = of_route(ask, route);
                    let versions = if owned { Vec::new() } else { split.versions };
                    self.push(Split { versions, ..split });
                }
            }
        }
    }

    fn expected(&mut self, profile: &Profile, name: &Text, expected: &Expectation) {
        let outcome = &expected.outcome;
        let only = outcome.only.iter().map(|it| share(it, ALL));
        let split = outcome.split.iter().map(|(version, part)| share(version, part.value.parts()));
        let versions: Vec<String> = only.chain(split).collect();
        let statuses: Vec<String> = outcome.status.iter().map(|it| share(it.value, ALL)).collect();
        let Some(service) = profile.service(&expected.to) else { return };
        if versions.is_empty() && statuses.is_empty() {
            return;
        }
        let owned = service.engine().is_some();
        let versions = if owned { Vec::new() } else { versions };
        let many = versions.len() > 1;
        for (client, door, request) in requests(profile, service, expected) {
            let ask = Ask::new(format!("{}: expectation {name}", service.name()), client, door, &request);
            self.push(Split { ask, many, versions: versions.clone(), statuses: statuses.clone() });
        }
    }

    /// The same request twice would tell nothing new.
    fn push(&mut self, split: Split) {
        if !self.asks.iter().any(|it| it.ask.is_same_request(&split.ask)) {
            self.asks.push(split);
        }
    }
}

/// The requests of an expectation that a client of the profile can send.
pub fn requests<'p>(
    profile: &'p Profile,
    service: ServiceRef<'p>,
    expected: &'p Expectation,
) -> Vec<(ClientRef<'p>, Door<'p>, Request)> {
    let Some(door) = door_of(service, expected.port.as_ref().map(|it| &it.value)) else { return Vec::new() };
    let plain = expected.headers.iter().filter(|(name, _)| !name.starts_with(':'));
    let headers: Vec<_> = plain.map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let mut all = Vec::new();
    for client in expected.from.iter().filter_map(|it| profile.client(it)) {
        all.extend(expected.request.paths.iter().map(|path| {
            let method = expected.request.method.to_owned();
            (client, door, Request { method, path: path.to_string(), headers: headers.clone() })
        }));
    }
    all
}

const ALL: u32 = 1_000_000;
const NOT_LET_IN: &str = "no client is let in for certain, and a refusal says nothing about routes";

/// Methods and paths for routes that leave them open: a route before this one may take the first.
const TRIES: [(&str, &str); 3] = [("GET", "/"), ("GET", "/meshgen"), ("POST", "/")];

/// A client and a request that takes this very route.
fn example<'p>(
    profile: &'p Profile,
    door: Door<'_>,
    name: &Text,
    route: &Route,
) -> Result<(ClientRef<'p>, Request), String> {
    let mut why = NOT_LET_IN.to_owned();
    let by_proxy = route.redirect.is_some() || route.respond.is_some();
    let found = first_that_may(profile, door, |client| {
        TRIES.iter().find_map(|(method, path)| {
            let request =
                meeting(route.r#match.as_ref(), method, path).map_err(|reason| why = reason).ok()?;
            match taken(door.service, client, &request) {
                Taken::Route(it, _) if it.value == name.value => {
                    let asked = by_proxy || admitted(client, door, &request) == Answer::Yes;
                    return asked.then_some(request);
                }
                Taken::Route(it, _) => why = format!("route {it} may take the request before"),
                Taken::Whole | Taken::None | Taken::Unclear => {
                    "whether its condition holds is only known to the mesh".clone_into(&mut why);
                }
            }
            None
        })
    });
    found.ok_or(why)
}

fn meeting(condition: Option<&traffic::Match>, method: &str, path: &str) -> Result<Request, String> {
    let mut request = condition.map_or(Ok(Request::get(path)), |it| Request::meeting(it, path))?;
    if condition.is_none_or(|it| it.method.is_empty()) {
        method.clone_into(&mut request.method);
    }
    Ok(request)
}

fn first_that_may<'p>(
    profile: &'p Profile,
    door: Door<'_>,
    mut request: impl FnMut(ClientRef<'p>) -> Option<Request>,
) -> Option<(ClientRef<'p>, Request)> {
    // Who lives next door is asked first: his are the plainest ways.
    let near = |it: &ClientRef<'_>| it.namespace() == door.service.namespace();
    let (near, far): (Vec<_>, Vec<_>) = profile.client_refs().partition(near);
    near.into_iter().chain(far).find_map(|client| Some((client, request(client)?)))
}

/// What must come of requests that take a route.
fn of_route(ask: Ask, route: &Route) -> Split {
    let by_proxy = route.respond.as_ref().map(|it| it.status.value);
    let by_proxy = by_proxy.or(route.redirect.as_ref().map(|it| it.code.as_ref().map_or(301, |it| it.value)));
    if let Some(status) = by_proxy {
        return Split { ask, many: false, versions: Vec::new(), statuses: vec![share(status, ALL)] };
    }
    let abort = route.fault.as_ref().and_then(|it| it.abort.as_ref());
    let failing = abort.map_or(0, |it| it.percent.as_ref().map_or(Percent::ALL, |it| it.value).parts());
    let status = abort.and_then(|it| it.http_status.as_ref()).filter(|_| failing > 0);
    let statuses = status.map(|it| share(it.value, failing)).into_iter().collect();
    let part = |weight: u32| weight.min(100) * ((ALL - failing) / 100);
    let versions: Vec<String> =
        route.split.iter().map(|(version, weight)| share(version, part(weight.value.0))).collect();
    let several = route.split.values().filter(|it| it.value.0 > 0).count() > 1;
    // Of requests that all fail nobody is asked.
    let versions = if failing == ALL { Vec::new() } else { versions };
    Split { ask, many: several || (failing > 0 && failing < ALL), versions, statuses }
}

fn share(what: impl std::fmt::Display, part: u32) -> String {
    format!("{what}={part}")
}
