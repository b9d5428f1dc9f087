//! Services whose versions share the requests: the way on, the way back, and what to look at between.

use serde::Serialize;

use crate::handbook::routes::shares;
use crate::handbook::shell;
use crate::handbook::words::{codes, requests, some_codes, table_of};
use crate::metrics::{Label, Match, query};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::traffic::Route;
use crate::template::code;

/// So many services get a chapter each; the table has them all.
const CHAPTERS: usize = 12;

/// Versions side by side, and how they are exchanged.
#[derive(Serialize)]
pub struct Canaries {
    /// Every service whose requests are shared, or one of whose versions stands by.
    table: Option<String>,
    chapters: Vec<Canary>,
    shared: Option<String>,
    standing_by: Option<String>,
    testers: Option<String>,
    mirrored: Option<String>,
    rollout: Option<Rolled>,
}

/// A service of several versions.
#[derive(Serialize)]
struct Canary {
    service: String,
    namespace: String,
    route: String,
    shares: String,
    new: String,
    old: String,
    /// The percentage of requests that the new version gets.
    on: u32,
    steps: Vec<Step>,
    /// The command that plans the whole way.
    plan: String,
    back: String,
    /// The command that plans the way back, where there is one to go.
    plan_back: Option<String>,
    rate: String,
    errors: String,
    latency: String,
}

#[derive(Serialize)]
struct Step {
    percent: String,
    command: String,
}

/// What an engine does by itself.
#[derive(Serialize)]
struct Rolled {
    engine: &'static str,
    services: String,
    names: Vec<(String, String)>,
    steps: String,
    interval: String,
    failures: u32,
    success: Option<String>,
    p99: Option<String>,
    load_tester: Option<String>,
}

impl Canaries {
    /// Those of a profile; `asked` is how the user names it to a command.
    pub fn of(profile: &Profile, asked: &[String]) -> Self {
        let all = || {
            profile.service_refs().filter_map(|it| shared_route(it).map(|(name, route)| (it, name, route)))
        };
        let rows = all().map(|(service, name, route)| {
            vec![code(service.name()), code(service.namespace()), code(name), shares(route)]
        });
        let some = |text: String| (!text.is_empty()).then_some(text);
        let named = |whole: bool| {
            let fits = all().filter(|it| stands_by(it.2) == whole).map(|it| it.0.name().as_str());
            some(some_codes(fits, 12))
        };
        Self {
            table: table_of(&["Service", "Namespace", "Route", "Shares"], &rows.collect::<Vec<_>>()),
            shared: named(false),
            standing_by: named(true),
            chapters: all().take(CHAPTERS).filter_map(|it| canary(profile, it, asked)).collect(),
            testers: testers(profile),
            mirrored: mirrored(profile),
            rollout: rolled(profile),
        }
    }
}

/// The route without a condition whose requests are shared between versions.
fn shared_route(service: ServiceRef<'_>) -> Option<(&str, &Route)> {
    let routes = service.service.routes.iter().map(|(name, it)| (name.as_str(), it));
    routes.filter(|(_, it)| it.r#match.is_none() && it.split.len() > 1).last()
}

/// Whether one version has everything.
fn stands_by(route: &Route) -> bool {
    route.split.values().any(|it| it.value.0 == 100)
}

fn canary(profile: &Profile, found: (ServiceRef<'_>, &str, &Route), asked: &[String]) -> Option<Canary> {
    let (service, name, route) = found;
    // The version that was written last is the new one.
    let order: Vec<&str> =
        service.service.versions.names().filter(|it| route.split.get(it).is_some()).collect();
    let (old, new) = (*order.first()?, *order.last()?);
    // The first `=` ends the key of `--set`.
    let keys = order.iter().copied().chain([service.id.as_str(), name]);
    if keys.into_iter().any(|it| it.contains('=')) {
        return None;
    }
    let on = route.split.get(new)?.value.0;
    let key =
        |version: &str| ["services", service.id, "routes", name, "split", version].map(escaped).join(".");
    let command = |part: &str| shifted(&order, part, key, asked);
    let planned = profile.rollout.as_ref().map(|it| it.steps.iter().map(ToString::to_string).collect());
    let planned: Vec<String> = planned.unwrap_or_else(|| ["10", "50", "100"].map(str::to_owned).to_vec());
    let plan = |flow: &str, more: &[&str]| {
        let words = ["meshgen", "plan", flow].into_iter().chain(asked.iter().map(String::as_str));
        let meant = ["--service", service.id, "--from", old, "--to", new];
        shell::line(words.chain(meant).chain(more.iter().copied()).chain(["--out", &format!("plan/{flow}")]))
    };
    let way = plan("canary", &["--steps", &planned.join(",")]);
    let later = planned.into_iter().filter(|it| it.parse().is_ok_and(|it: u32| it > on));
    let steps = later.filter_map(|percent| Some(Step { command: command(&percent)?, percent }));
    let here = [
        Match::Is(Label::DestinationServiceName, service.name()),
        Match::Is(Label::DestinationServiceNamespace, service.namespace()),
        Match::Is(Label::DestinationVersion, new),
    ];
    Some(Canary {
        service: service.name().to_string(),
        namespace: service.namespace().to_string(),
        route: name.to_owned(),
        shares: shares(route),
        new: new.to_owned(),
        old: old.to_owned(),
        on,
        steps: steps.collect(),
        plan: way,
        back: command("0")?,
        plan_back: (on > 0).then(|| plan("rollback", &[])),
        rate: query::request_rate(&here, "5m"),
        errors: query::error_ratio(&here, "5m"),
        latency: query::latency("0.99", &here, "5m"),
    })
}

/// The command that gives the last version so many percent, and the first the rest.
fn shifted(order: &[&str], part: &str, key: impl Fn(&str) -> String, asked: &[String]) -> Option<String> {
    let (old, new) = (*order.first()?, *order.last()?);
    let rest = 100u32.saturating_sub(part.parse().ok()?);
    let sets = order.iter().map(|it| match *it {
        version if version == new => format!("{}={part}", key(version)),
        version if version == old => format!("{}={rest}", key(version)),
        version => format!("{}=0", key(version)),
    });
    let sets: Vec<String> = sets.flat_map(|it| ["--set".to_owned(), it]).collect();
    let words = ["meshgen", "render"].into_iter().chain(asked.iter().chain(&sets).map(String::as_str));
    Some(format!("{} | kubectl apply -f -", shell::line(words)))
}

/// A part of a key, as `--set` takes it.
fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace('.', "\\.")
}

/// Routes with a condition that lead to one version alone, where others are for all.
fn testers(profile: &Profile) -> Option<String> {
    let rows = profile.service_refs().filter(|it| it.service.versions.len() > 1).flat_map(|service| {
        let apart =
            service.service.routes.iter().filter(|(_, it)| it.r#match.is_some() && !it.split.is_empty());
        apart.map(move |(name, it)| {
            vec![code(service.name()), code(name), requests(it.r#match.as_ref()), shares(it)]
        })
    });
    table_of(&["Service", "Route", "Requests", "Shares"], &rows.collect::<Vec<_>>())
}

fn mirrored(profile: &Profile) -> Option<String> {
    let with = profile.service_refs().filter(|it| it.service.routes.values().any(|it| it.mirror.is_some()));
    let names = some_codes(with.map(|it| it.name().as_str()), 12);
    (!names.is_empty()).then_some(names)
}

fn rolled(profile: &Profile) -> Option<Rolled> {
    let rollout = profile.rollout.as_ref()?;
    let services: Vec<ServiceRef<'_>> =
        profile.service_refs().filter(|it| profile.engine_of(*it).is_some()).collect();
    let checks = rollout.checks.as_ref();
    Some(Rolled {
        engine: match rollout.engine.value {
            Engine::Flagger => "flagger",
            Engine::ArgoRollouts => "argo-rollouts",
            Engine::Git => "git",
        },
        services: codes(services.iter().map(|it| it.name().as_str()).take(CHAPTERS)),
        names: services
            .iter()
            .take(CHAPTERS)
            .map(|it| (it.name().to_string(), it.namespace().to_string()))
            .collect(),
        steps: rollout.steps.iter().map(|it| format!("{it} %")).collect::<Vec<_>>().join(", "),
        interval: rollout.interval.to_string(),
        failures: rollout.failures.value,
        success: checks.and_then(|it| it.success_rate).map(|it| it.to_string()),
        p99: checks.and_then(|it| it.p99.as_ref()).map(ToString::to_string),
        load_tester: rollout.load_tester.as_ref().map(ToString::to_string),
    })
}
