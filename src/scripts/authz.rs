//! What `test-authz.sh` asks: what every rule lets in or refuses, and one request of each client that no rule speaks of.

use serde::Serialize;

use crate::profile::Profile;
use crate::profile::lookup::{ClientRef, Who};
use crate::profile::security::{Access, AuthzRule, Source};
use crate::scripts::access::{Door, admitted, calls, example, fits, names};
use crate::scripts::answer::Answer;
use crate::scripts::ask::{Ask, Skip, Taken, detour, door, taken};
use crate::scripts::request::Request;
use crate::scripts::routing::requests;
use crate::source::Text;

/// As the template sees it.
#[derive(Serialize)]
pub struct Authz {
    asks: Vec<Question>,
    skips: Vec<Skip>,
    /// Whether packets or the way out are guarded, too: then what is refused may not even get to the service.
    cut_off: bool,
    /// Whether rules only count what they would refuse.
    dry_run: bool,
    /// Whether every request is let in, because no rule is there.
    open: bool,
}

/// A request and whether it must be let in.
#[derive(Serialize)]
struct Question {
    #[serde(flatten)]
    ask: Ask,
    /// The status of a refusal; 0: it must be let in.
    refused: u32,
}

/// Everything that can be asked.
pub fn authz(profile: &Profile) -> Authz {
    let rules = &profile.authz;
    let open = rules.default.value == Access::Allow && rules.allow.is_empty() && rules.deny.is_empty();
    let mut out = Authz {
        asks: Vec::new(),
        skips: Vec::new(),
        cut_off: profile.network_policy.value || profile.egress.is_some(),
        dry_run: rules.dry_run.value,
        open,
    };
    if open || profile.clients.is_empty() {
        return out;
    }
    for (word, rules) in [("allow", &rules.allow), ("deny", &rules.deny)] {
        for (name, rule) in rules.iter() {
            out.rule(profile, word, name, rule);
        }
    }
    for service in profile.service_refs() {
        let Some(door) = door(service) else { continue };
        for client in profile.client_refs() {
            out.undeclared(client, door);
        }
    }
    for (name, expected) in profile.expect.iter() {
        let Some(service) = profile.service(&expected.to) else { continue };
        let Some(status) = &expected.outcome.denied else { continue };
        for (client, door, request) in requests(profile, service, expected) {
            let label = format!("expectation {name}");
            out.push(Ask::new(label, client, door, &request), status.value);
        }
    }
    out
}

impl Authz {
    fn rule(&mut self, profile: &Profile, word: &str, name: &Text, rule: &AuthzRule) {
        for caller in rule.from.iter().filter_map(|it| stranger(profile, it)) {
            let why = format!("{caller} is no client of the profile");
            self.skips.push(Skip::new(format!("{word} {name}"), why));
        }
        for service in profile.service_refs() {
            if !rule.to.is_empty() && !names(rule, service) {
                continue;
            }
            let what = format!("{word} {name}: {}", service.name());
            let Some(door) = door(service) else {
                if !rule.to.is_empty() {
                    self.skips.push(Skip::new(what, "the service has no port on which requests are seen"));
                }
                continue;
            };
            for client in profile.client_refs().filter(|it| calls(rule, *it) != Answer::No) {
                match decided(rule, client, door) {
                    Ok((request, true)) => self.push(Ask::new(what.clone(), client, door, &request), 0),
                    Ok((request, false)) => self.push(Ask::new(what.clone(), client, door, &request), 403),
                    Err(why) => self.skips.push(Skip::new(format!("{what} from {}", client.name()), why)),
                }
            }
        }
    }

    fn undeclared(&mut self, client: ClientRef<'_>, door: Door<'_>) {
        let tries =
            ["GET /meshgen-undeclared", "GET /", "OPTIONS /meshgen-undeclared", "HEAD /meshgen-undeclared"];
        let tries = tries.into_iter().filter_map(|it| it.split_once(' '));
        let mut tries =
            tries.map(|(method, path)| Request { method: method.to_owned(), ..Request::get(path) });
        let refused = tries.find(|it| reaches(client, door, it) && admitted(client, door, it) == Answer::No);
        if let Some(request) = refused {
            let label = format!("no rule: {}", door.service.name());
            self.push(Ask::new(label, client, door, &request), 403);
        }
    }

    fn push(&mut self, ask: Ask, refused: u32) {
        if !self.asks.iter().any(|it| it.ask.is_same_request(&ask)) {
            self.asks.push(Question { ask, refused });
        }
    }
}

/// Somebody whom a rule names, and as whom no script can ask.
fn stranger(profile: &Profile, source: &Source) -> Option<Text> {
    let Source::Who(name) = source else { return None };
    (!matches!(profile.who(name)?, Who::Client(_))).then(|| name.clone())
}

/// A request that the rule speaks of, and whether all rules together let it in.
fn decided(rule: &AuthzRule, client: ClientRef<'_>, door: Door<'_>) -> Result<(Request, bool), String> {
    let mut why = "its conditions depend on what only the mesh knows".to_owned();
    for request in examples(rule) {
        match fits(rule, client, door, &request) {
            Answer::Yes => {}
            Answer::No => continue,
            Answer::Maybe => return Err(why),
        }
        match taken(door.service, client, &request) {
            Taken::Route(_, route) if detour(route).is_some() => {
                detour(route).unwrap_or_default().clone_into(&mut why);
                continue;
            }
            Taken::Route(..) | Taken::Whole => {}
            Taken::None | Taken::Unclear => continue,
        }
        match admitted(client, door, &request) {
            Answer::Yes => return Ok((request, true)),
            Answer::No => return Ok((request, false)),
            Answer::Maybe => {}
        }
    }
    Err(why)
}

/// Requests that a rule may speak of; the harmless ones first.
fn examples(rule: &AuthzRule) -> Vec<Request> {
    let named: Vec<&str> = rule.methods.iter().map(|it| it.as_str()).collect();
    let harmless = ["GET", "HEAD", "OPTIONS"];
    let mut methods: Vec<&str> =
        harmless.into_iter().filter(|it| named.is_empty() || named.contains(it)).collect();
    methods.extend(named.iter().filter(|it| !harmless.contains(it) && !it.contains('*')));
    let mut paths: Vec<String> = rule.paths.iter().map(|it| example(it)).collect();
    if paths.is_empty() {
        paths.extend(["/", "/meshgen"].map(str::to_owned));
    }
    let pair = |method: &&str| {
        let method = (*method).to_owned();
        paths.iter().map(|path| Request { method: method.clone(), ..Request::get(path) }).collect::<Vec<_>>()
    };
    methods.iter().flat_map(pair).collect()
}

/// Whether the service sees the request as it was sent.
fn reaches(client: ClientRef<'_>, door: Door<'_>, request: &Request) -> bool {
    match taken(door.service, client, request) {
        Taken::Whole => true,
        Taken::Route(_, route) => detour(route).is_none(),
        Taken::None | Taken::Unclear => false,
    }
}
