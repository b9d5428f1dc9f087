//! For `engine: git`: a CI workflow that commits the next step, asks the profile's checks and reverts where they fail.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bundle::File;
use crate::plan::folder::{Compiled, followed, plain};
use crate::plan::{Act, Plan, watch};
use crate::profile::rollout::Engine;
use crate::template::{self, Mistake};
use crate::yaml;

/// A workflow of GitHub Actions, as far as we need one.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Workflow {
    name: String,
    on: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
    permissions: BTreeMap<&'static str, &'static str>,
    concurrency: Concurrency,
    jobs: BTreeMap<&'static str, Job>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Concurrency {
    group: String,
    cancel_in_progress: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Job {
    runs_on: &'static str,
    timeout_minutes: u64,
    env: BTreeMap<&'static str, String>,
    steps: Vec<Task>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Task {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    with: BTreeMap<&'static str, u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'static str>,
}

#[derive(Serialize)]
struct Script<'a> {
    scenario: &'a str,
    steps: &'a [String],
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    what: &'static str,
    query: String,
    most: String,
}

/// Whether there is something to judge a step by.
pub fn has_checks(plan: &Plan) -> bool {
    !checks(plan).is_empty()
}

/// Workflow and script, where commits move the weights and the profile says what must hold.
///
/// # Errors
/// A template of ours that is wrong.
pub fn files(compiled: &Compiled<'_>) -> Result<Vec<File>, Mistake> {
    let plan = compiled.plan;
    let service = plan.pair.as_ref().and_then(|it| plan.profile.service(&it.service));
    let checks = checks(plan);
    if service.and_then(|it| plan.profile.engine_of(it)) != Some(Engine::Git) || checks.is_empty() {
        return Ok(Vec::new());
    }
    // Who retires a version decides so: only the steps that move shares are taken without a person.
    let own = compiled.folders.iter().zip(&plan.steps);
    let moves =
        own.filter(|(_, it)| matches!(it.act, Act::Start | Act::Share(_))).map(|(folder, _)| folder.clone());
    let steps: Vec<String> = moves.collect();
    let script = Script { scenario: compiled.scenario, steps: &steps, checks };
    let text = template::render("plan/next-step.sh.j2", script)?;
    Ok(vec![
        plain("workflows/next-step.sh", text),
        plain("workflows/next-step.yml", yaml::print(&workflow(compiled))),
    ])
}

fn checks(plan: &Plan) -> Vec<Check> {
    let limits = plan.pair.as_ref().map_or_else(Vec::new, |it| watch::limits(&plan.profile, it, &it.new));
    limits.into_iter().map(|it| Check { what: it.what, query: it.query, most: it.most }).collect()
}

fn workflow(compiled: &Compiled<'_>) -> Workflow {
    let (scenario, profile) = (compiled.scenario, &compiled.plan.profile);
    let (seconds, failures) = profile.rollout.as_ref().map_or((60, 1), |it| {
        (it.interval.millis().div_ceil(1000).max(1), u64::from(it.failures.value.max(1)))
    });
    let address = profile.observability.as_ref().and_then(|it| it.prometheus.as_ref()?.address.as_ref());
    let env = BTreeMap::from([
        ("PLAN", compiled.home.clone()),
        ("FOLLOWED", followed(compiled.plan, scenario)),
        ("PROMETHEUS", address.map_or_else(|| "${{ vars.PROMETHEUS }}".to_owned(), ToString::to_string)),
        ("INTERVAL", seconds.to_string()),
        ("FAILURES", failures.to_string()),
    ]);
    let longest = (2 * failures - 1).saturating_mul(seconds).div_ceil(60).saturating_add(10);
    let job = Job {
        runs_on: "ubuntu-latest",
        timeout_minutes: longest,
        env,
        steps: vec![
            Task {
                name: "Check out",
                uses: Some("actions/checkout@v4"),
                with: BTreeMap::from([("fetch-depth", 0)]),
                run: None,
            },
            Task {
                name: "Take the next step",
                uses: None,
                with: BTreeMap::new(),
                run: Some("bash \"$PLAN/workflows/next-step.sh\""),
            },
        ],
    };
    Workflow {
        name: format!("{scenario}: next step"),
        on: BTreeMap::from([("workflow_dispatch", BTreeMap::new())]),
        permissions: BTreeMap::from([("contents", "write")]),
        concurrency: Concurrency { group: format!("plan-{scenario}"), cancel_in_progress: false },
        jobs: BTreeMap::from([("next-step", job)]),
    }
}
