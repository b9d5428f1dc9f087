//! The page of a plan: what each step changes, what to look at, when to go on, how to go back.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::plan::change::Change;
use crate::plan::folder::{Compiled, followed};
use crate::plan::watch::{self, Question};
use crate::plan::words::{key, span};
use crate::plan::{Act, Flow, Plan, Step, prose, shares, workflow};
use crate::profile::rollout::Engine;
use crate::profile::traffic::Route;
use crate::profile::{Mtls, MtlsMode};
use crate::source::{Spanned, Text};
use crate::template::{self, Mistake};
use crate::units::Weight;

/// So many files of a step are told; the folder itself holds the rest.
const MOST: usize = 24;

#[derive(Serialize)]
struct Page<'a> {
    title: String,
    lead: &'static str,
    scenario: &'a str,
    followed: String,
    prometheus: Option<String>,
    engine: bool,
    rollout: Option<Pace>,
    start: &'a str,
    steps: Vec<Section<'a>>,
    undo: Vec<String>,
    care: Option<String>,
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
    commands: Vec<String>,
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
    let git =
        plan.pair.as_ref().and_then(|it| profile.service(&it.service)).and_then(|it| profile.engine_of(it));
    let forward = matches!(plan.flow, Flow::Canary | Flow::BlueGreen);
    let page = Page {
        title: prose::title(plan),
        lead: prose::lead(plan),
        scenario: compiled.scenario,
        followed: followed(plan, compiled.scenario),
        prometheus: profile
            .observability
            .as_ref()
            .and_then(|it| it.prometheus.as_ref()?.address.as_ref())
            .map(|it| span(it)),
        engine: forward && git == Some(Engine::Git) && workflow::has_checks(plan),
        rollout: profile
            .rollout
            .as_ref()
            .filter(|_| git.is_some() && forward)
            .map(|it| Pace { interval: it.interval.to_string(), failures: it.failures.value.max(1) }),
        start: compiled.folders.first().map_or("", String::as_str),
        steps: sections(compiled),
        undo: whole_undo(compiled),
        end: end(plan),
        care: prose::way_back(compiled),
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
            title: prose::step_title(plan, &step.act),
            does: prose::does(plan, &step.act),
            changes: &changes[..changes.len().min(MOST)],
            more: changes.len().saturating_sub(MOST),
            sets: sets(plan, step),
            before: watch::before(plan, &step.act),
            after: watch::after(plan, &step.act),
            notes: prose::notes(plan, &step.act),
            commands: prose::commands(plan, &step.act),
            go_on: prose::go_on(plan, &step.act),
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
    let mut known: BTreeSet<&str> = start.files.iter().map(|it| it.path.as_str()).collect();
    let mut undo = Vec::new();
    for (folder, bundle) in compiled.folders.iter().zip(&compiled.bundles).skip(1) {
        for file in bundle.files.iter().filter(|it| it.object.is_some()) {
            if known.insert(&file.path) {
                undo.push(format!("{folder}/{}", file.path));
            }
        }
    }
    undo
}

/// What `--set` would say to render this state, where it is one of shares alone.
fn sets(plan: &Plan, step: &Step) -> Vec<String> {
    let Some(pair) = plan.pair.as_ref().filter(|_| matches!(step.act, Act::Start | Act::Share(_))) else {
        return Vec::new();
    };
    let Some(service) = step.profile.services.get(&pair.service) else { return Vec::new() };
    let of_route = |(name, route): (&Text, &Route)| -> Vec<String> {
        let place = format!("services.{}.routes.{}.split", key(&pair.service), key(name));
        let versions = [&pair.old, &pair.new].into_iter();
        let shares = versions.filter_map(|it| Some((it, route.split.get(it)?)));
        shares.map(|(version, it)| format!("{place}.{}={}", key(version), it.value)).collect()
    };
    let moved = service.routes.iter().filter(|(_, it)| shares::is_moved(it, pair));
    one_line(moved.flat_map(of_route).collect())
}

/// What the profile must say in the end, so that the next `render` does not lead back.
fn end(plan: &Plan) -> Vec<String> {
    let Some(pair) = &plan.pair else { return vec![modes(plan)] };
    let shares = plan.steps.iter().rev().find(|it| matches!(it.act, Act::Share(_)));
    let Some(service) = shares.and_then(|it| it.profile.services.get(&pair.service)) else {
        return Vec::new();
    };
    let line = |(name, route): (&Text, &Route)| {
        let share = |(version, it): (&Text, &Spanned<Weight>)| format!("{version}: {}", it.value);
        let shares: Vec<String> = route.split.iter().map(share).collect();
        let split = format!("{{ split: {{ {} }} }}", shares.join(", "));
        let bare = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
        let name = if name.starts_with(|it: char| it.is_ascii_alphabetic()) && name.chars().all(bare) {
            name.to_string()
        } else {
            format!("{:?}", name.value)
        };
        format!("services: {{ {}: {{ routes: {{ {name}: {split} }} }} }}", pair.service)
    };
    let moved = service.routes.iter().filter(|(_, it)| shares::is_moved(it, pair));
    one_line(moved.map(line).collect())
}

/// Nothing, where a name of the user's would break out of its line: better no example than one that misleads.
fn one_line(lines: Vec<String>) -> Vec<String> {
    let tame = |it: &String| !it.contains(|it: char| it.is_control() || it == '\u{2028}' || it == '\u{2029}');
    if lines.iter().all(tame) { lines } else { Vec::new() }
}

fn modes(plan: &Plan) -> String {
    let Some(last) = plan.steps.last() else { return String::new() };
    let before = &plan.profile.mtls;
    if before.mesh.is_none() && before.namespaces.is_empty() {
        return "mtls: strict".to_owned();
    }
    let word = |it: &Spanned<MtlsMode>| match it.value {
        MtlsMode::Strict => "strict",
        MtlsMode::Permissive => "permissive",
        MtlsMode::Disable => "disable",
    };
    let Mtls { mesh, namespace, namespaces } = &last.profile.mtls;
    let mut parts = Vec::new();
    parts.extend(mesh.as_ref().map(|it| format!("mesh: {}", word(it))));
    parts.extend(namespace.as_ref().map(|it| format!("namespace: {}", word(it))));
    let single: Vec<String> = namespaces.iter().map(|(name, it)| format!("{name}: {}", word(it))).collect();
    parts.extend((!single.is_empty()).then(|| format!("namespaces: {{ {} }}", single.join(", "))));
    format!("mtls: {{ {} }}", parts.join(", "))
}
