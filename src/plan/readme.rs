//! The page of a plan: what each step changes, what to look at, when to go on, how to go back.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::change::Change;
use crate::plan::folder::Compiled;
use crate::plan::watch::{self, Question};
use crate::plan::words::{key, list, span};
use crate::plan::{Act, Flow, Pair, Plan, Step, callers, shares};
use crate::profile::expect::Expectation;
use crate::profile::rollout::Engine;
use crate::profile::security::MtlsMode;
use crate::template::{self, Mistake};

/// So many files of a step are told; the folder itself holds the rest.
const MOST: usize = 24;

#[derive(Serialize)]
struct Page<'a> {
    title: String,
    lead: String,
    scenario: &'a str,
    followed: String,
    prometheus: Option<&'a str>,
    engine: bool,
    rollout: Option<Pace>,
    start: &'a str,
    steps: Vec<Section<'a>>,
    undo: Vec<String>,
    end: Vec<String>,
}

/// How the profile's rollout wants steps to be taken.
#[derive(Serialize)]
struct Pace {
    interval: String,
    failures: u32,
}

#[derive(Serialize)]
struct Section<'a> {
    folder: &'a str,
    title: String,
    does: String,
    changes: &'a [Change],
    more: usize,
    sets: Vec<String>,
    before: Vec<Question>,
    after: Vec<Question>,
    notes: Vec<String>,
    go_on: String,
    gone: Vec<String>,
    back: Option<&'a str>,
    undo: Vec<String>,
    last: bool,
}

/// The page, as Markdown.
///
/// # Errors
/// A template of ours that is wrong.
pub fn text(compiled: &Compiled<'_>) -> Result<String, Mistake> {
    let plan = compiled.plan;
    let profile = &plan.profile;
    let path = profile.delivery.path.as_ref().map(|it| it.trim_end_matches('/').to_owned());
    let git =
        plan.pair.as_ref().and_then(|it| profile.service(&it.service)).and_then(|it| profile.engine_of(it));
    let forward = matches!(plan.flow, Flow::Canary | Flow::BlueGreen);
    let page = Page {
        title: title(plan),
        lead: lead(plan),
        scenario: compiled.scenario,
        followed: path.filter(|it| !it.is_empty()).unwrap_or_else(|| format!("out/{}", compiled.scenario)),
        prometheus: profile
            .observability
            .as_ref()
            .and_then(|it| it.prometheus.as_ref()?.address.as_ref())
            .map(|it| it.as_str()),
        engine: forward && git == Some(Engine::Git) && crate::plan::workflow::has_checks(plan),
        rollout: profile
            .rollout
            .as_ref()
            .filter(|_| git.is_some())
            .map(|it| Pace { interval: it.interval.to_string(), failures: it.failures.value.max(1) }),
        start: compiled.folders.first().map_or("", String::as_str),
        steps: sections(compiled),
        undo: whole_undo(compiled),
        end: plan.pair.as_ref().map_or_else(Vec::new, |it| end(plan, it)),
    };
    template::render("plan/README.md.j2", page)
}

fn sections<'a>(compiled: &'a Compiled<'_>) -> Vec<Section<'a>> {
    let plan = compiled.plan;
    let section = |(at, step): (usize, &'a Step)| {
        let changes = &compiled.changes[at];
        let folder = compiled.folders[at].as_str();
        let before = at.checked_sub(1).map(|it| compiled.folders[it].as_str());
        let of = |what: &str, folder: &str| -> Vec<String> {
            let files = changes.iter().filter(|it| it.what == what && it.object.is_some());
            files.map(|it| format!("{folder}/{}", it.path)).collect()
        };
        Section {
            folder,
            title: step_title(plan, &step.act),
            does: does(plan, &step.act),
            changes: &changes[..changes.len().min(MOST)],
            more: changes.len().saturating_sub(MOST),
            sets: sets(plan, step),
            before: watch::before(plan, &step.act),
            after: watch::after(plan, &step.act),
            notes: notes(plan, &step.act),
            go_on: go_on(plan, &step.act),
            gone: before.map_or_else(Vec::new, |it| of("gone", it)),
            back: before,
            undo: of("new", folder),
            last: at + 1 == plan.steps.len(),
        }
    };
    plan.steps.iter().enumerate().map(section).collect()
}

/// What any step has that the start has not: `kubectl apply` would leave it.
fn whole_undo(compiled: &Compiled<'_>) -> Vec<String> {
    let Some(start) = compiled.bundles.first() else { return Vec::new() };
    let mut known: BTreeMap<&str, ()> = start.files.iter().map(|it| (it.path.as_str(), ())).collect();
    let mut undo = Vec::new();
    for (folder, bundle) in compiled.folders.iter().zip(&compiled.bundles).skip(1) {
        for file in bundle.files.iter().filter(|it| it.object.is_some()) {
            if known.insert(&file.path, ()).is_none() {
                undo.push(format!("{folder}/{}", file.path));
            }
        }
    }
    undo
}

fn title(plan: &Plan) -> String {
    match (&plan.pair, plan.flow) {
        (Some(it), Flow::BlueGreen) => {
            format!("Blue-green: {} from {} to {}", span(&it.service), span(&it.old), span(&it.new))
        }
        (Some(it), Flow::Rollback) => {
            format!("Rollback: {} from {} to {}", span(&it.service), span(&it.new), span(&it.old))
        }
        (Some(it), _) => format!("Canary: {} from {} to {}", span(&it.service), span(&it.old), span(&it.new)),
        (None, _) => "Mutual TLS: from permissive to strict".to_owned(),
    }
}

fn lead(plan: &Plan) -> String {
    match plan.flow {
        Flow::Canary => "The new version gets more and more of the requests. Both versions run the whole time, so that one commit leads back.",
        Flow::BlueGreen => "The new version stands by at full size, then takes all requests at once. The old one stays, so that one commit leads back.",
        Flow::Rollback => "The steps of the canary in the opposite order, byte for byte, from the state of the profile on.",
        Flow::Mtls => "Workloads take mutual TLS and plaintext at first, and mutual TLS only in the end: one namespace after the other.",
    }
    .to_owned()
}

fn step_title(plan: &Plan, act: &Act) -> String {
    let (old, new) = names(plan);
    match act {
        Act::Start if plan.flow == Flow::BlueGreen => format!("{new} stands by"),
        Act::Start if plan.flow == Flow::Mtls => "Where the way starts".to_owned(),
        Act::Start if plan.flow == Flow::Rollback => "The state of the profile".to_owned(),
        Act::Start => format!("{old} has all requests"),
        Act::Share(0) => format!("{old} has all requests again"),
        Act::Share(100) => format!("{new} has all requests"),
        Act::Share(share) => format!("{new} has {share} % of the requests"),
        Act::Unroute => format!("No route names {old}"),
        Act::Remove => format!("{old} is gone"),
        Act::TryRules => "Access rules are tried".to_owned(),
        Act::Rules => "Access rules are in force".to_owned(),
        Act::DenyAll => "What no rule allows is refused".to_owned(),
        Act::Strict(namespace) => format!("{} is strict", span(namespace)),
        Act::StrictMesh => "The whole mesh is strict".to_owned(),
    }
}

fn does(plan: &Plan, act: &Act) -> String {
    let (old, new) = names(plan);
    match act {
        Act::Start if plan.flow == Flow::Mtls && !has_rules(plan) => {
            "The mesh as the profile has it.".to_owned()
        }
        Act::Start if plan.flow == Flow::Mtls => "The mesh as the profile has it, but without its access rules. Where they are in \
             force already, begin with the step that holds what you have: going back to this one would open the mesh."
            .to_owned(),
        Act::Start if plan.flow == Flow::BlueGreen => preview(plan),
        Act::Start => format!("{old} and {new} run side by side, each with its subset. A route of weight 0 is a route that is there."),
        Act::Share(_) => format!("Shares of {old} and {new} change, and nothing else."),
        Act::Unroute => format!("The routes of weight 0 to {old} go. Its subset and its pods stay: a subset outlives the last route that names it."),
        Act::Remove => format!("The subset and the pods of {old} go. From here the way back takes as long as pods take to start."),
        Act::TryRules => "Proxies count what the rules would refuse, and refuse nothing.".to_owned(),
        Act::Rules => "A service that an allow rule names takes whom its rules name, and nobody else. All others take everybody.".to_owned(),
        Act::DenyAll => "Every namespace of the profile refuses what no rule allows. The rules are in force since the step before.".to_owned(),
        Act::Strict(namespace) => format!("Whoever calls a workload of {} without mutual TLS cannot connect.", span(namespace)),
        Act::StrictMesh => "Namespaces that say nothing themselves, also those that are not in this profile, take mutual TLS only.".to_owned(),
    }
}

fn preview(plan: &Plan) -> String {
    let (_, new) = names(plan);
    let Some(pair) = &plan.pair else { return String::new() };
    let routes = plan.profile.services.get(&pair.service).map(|it| &it.routes);
    let testers = routes.into_iter().flat_map(|it| it.iter()).filter(|(_, it)| {
        !shares::is_moved(it, pair) && it.split.get(&pair.new).is_some_and(|it| it.value.0 > 0)
    });
    let testers: Vec<String> = testers.map(|(name, _)| span(name)).collect();
    if testers.is_empty() {
        return format!("{new} runs at full size and gets no requests.");
    }
    let s = if testers.len() == 1 { "" } else { "s" };
    format!(
        "{new} runs at full size. Only the route{s} {} lead{} to it: try it that way.",
        list(&testers),
        if s.is_empty() { "s" } else { "" }
    )
}

/// What a reader should know beside.
fn notes(plan: &Plan, act: &Act) -> Vec<String> {
    let Act::Strict(namespace) = act else { return Vec::new() };
    let profile = &plan.profile;
    let here = || profile.service_refs().filter(|it| it.namespace().value == *namespace);
    let mut notes = Vec::new();
    let open = here().filter(|it| {
        let own = it.service.mtls.as_ref();
        own.is_some_and(|it| it.mode.iter().chain(it.ports.values()).any(|it| it.value != MtlsMode::Strict))
    });
    let open: Vec<String> = open.map(|it| span(it.id)).collect();
    if !open.is_empty() {
        notes.push(format!("A mode of its own stays as it is: {}.", list(&open)));
    }
    let rules: Vec<String> = callers::by_address(profile, namespace).into_iter().map(|it| span(it)).collect();
    if !rules.is_empty() {
        notes.push(format!("By address come callers that may have no proxy: see {}.", list(&rules)));
    }
    let ends = |it: &Expectation| {
        let outcome = &it.outcome;
        it.from.iter().any(|it| it.as_str() == "outside-the-mesh")
            && outcome.refused.is_none()
            && outcome.unreachable.is_none()
            && profile
                .service(&it.to)
                .is_some_and(|to| to.namespace().value == *namespace && to.service.mtls.is_none())
    };
    let ended: Vec<String> =
        profile.expect.iter().filter(|(_, it)| ends(it)).map(|(name, _)| span(name)).collect();
    if !ended.is_empty() {
        notes.push(format!("With this step the profile must no longer expect {}.", list(&ended)));
    }
    notes
}

fn go_on(plan: &Plan, act: &Act) -> String {
    let (old, new) = names(plan);
    let promised = plan.pair.as_ref().is_some_and(|it| !watch::limits(&plan.profile, it, &it.new).is_empty());
    match act {
        Act::Start if plan.flow == Flow::Mtls => String::new(),
        Act::Start => "Note the answers: later ones are compared with them.".to_owned(),
        Act::Share(0) => format!("{old} serves as it did before. Nothing is left to do."),
        Act::Share(_) if plan.flow == Flow::Rollback => {
            "Go on at once where requests fail: nothing has to be waited for on the way back.".to_owned()
        }
        Act::Share(_) if promised => "Go on when all of it holds.".to_owned(),
        Act::Share(_) => format!(
            "The profile promises nothing (`rollout.checks`, `observability.slo`): go on when {new} is no worse than {old}."
        ),
        Act::Unroute => {
            format!("Go on when {old} has been without requests for as long as a request may take.")
        }
        Act::Remove => String::new(),
        Act::TryRules => "Go on when nothing is counted that should be let in.".to_owned(),
        Act::Rules | Act::DenyAll => "Go on when nobody is refused who should be let in.".to_owned(),
        Act::Strict(_) | Act::StrictMesh => "Go on when every caller still gets its answers.".to_owned(),
    }
}

fn has_rules(plan: &Plan) -> bool {
    plan.steps.iter().any(|it| it.act == Act::DenyAll)
}

fn names(plan: &Plan) -> (String, String) {
    plan.pair.as_ref().map_or_else(Default::default, |it| (span(&it.old), span(&it.new)))
}

/// What `--set` would say to render this state, where it is one of shares alone.
fn sets(plan: &Plan, step: &Step) -> Vec<String> {
    let Some(pair) = plan.pair.as_ref().filter(|_| matches!(step.act, Act::Start | Act::Share(_))) else {
        return Vec::new();
    };
    let Some(service) = step.profile.services.get(&pair.service) else { return Vec::new() };
    let moved = service.routes.iter().filter(|(_, it)| shares::is_moved(it, pair));
    moved
        .flat_map(|(name, route)| {
            let place = format!("services.{}.routes.{}.split", key(&pair.service), key(name));
            let share = move |version: &crate::source::Text| {
                route.split.get(version).map(|it| format!("{place}.{}={}", key(version), it.value))
            };
            [share(&pair.old), share(&pair.new)].into_iter().flatten()
        })
        .collect()
}

/// What the profile must say in the end, so that the next `render` does not lead back.
fn end(plan: &Plan, pair: &Pair) -> Vec<String> {
    let shares = plan.steps.iter().rev().find(|it| matches!(it.act, Act::Share(_)));
    let Some(service) = shares.and_then(|it| it.profile.services.get(&pair.service)) else {
        return Vec::new();
    };
    let moved = service.routes.iter().filter(|(_, it)| shares::is_moved(it, pair));
    let line = |(name, route): (&crate::source::Text, &crate::profile::traffic::Route)| {
        let shares: Vec<String> =
            route.split.iter().map(|(version, it)| format!("{version}: {}", it.value)).collect();
        format!("{name}: {{ split: {{ {} }} }}", shares.join(", "))
    };
    moved.map(line).collect()
}
