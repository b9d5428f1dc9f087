//! The sentences of a plan's page, one for each thing that a step may do.

use crate::plan::folder::Compiled;
use crate::plan::words::{list, span};
use crate::plan::{Act, Flow, Plan, callers, shares, watch};
use crate::profile::expect::Expectation;
use crate::profile::security::MtlsMode;
use crate::template::shell;
use crate::yaml::Named;

/// The heading of the page.
pub fn title(plan: &Plan) -> String {
    let Some(it) = &plan.pair else { return "Mutual TLS: from permissive to strict".to_owned() };
    let (service, old, new) = (span(&it.service), span(&it.old), span(&it.new));
    match plan.flow {
        Flow::BlueGreen => format!("Blue-green: {service} from {old} to {new}"),
        Flow::Rollback => format!("Rollback: {service} from {new} to {old}"),
        Flow::Canary | Flow::Mtls => format!("Canary: {service} from {old} to {new}"),
    }
}

/// What the page is about.
pub fn lead(plan: &Plan) -> &'static str {
    match plan.flow {
        Flow::Canary => {
            "The new version gets more and more of the requests. The old one stays at full size, so that one commit \
             leads back."
        }
        Flow::BlueGreen => {
            "The new version stands by at full size, then gets all requests at once. The old one stays, so that one \
             commit leads back."
        }
        Flow::Rollback => {
            "The old version gets its requests back: the steps of the canary in the opposite order, from the state of \
             the profile on."
        }
        Flow::Mtls => {
            "Workloads take mutual TLS and plaintext at first, and mutual TLS only in the end, one namespace after the \
             other."
        }
    }
}

/// The state of a step.
pub fn step_title(plan: &Plan, act: &Act) -> String {
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

/// What the state means.
pub fn does(plan: &Plan, act: &Act) -> String {
    let (old, new) = names(plan);
    match act {
        Act::Start => start(plan),
        Act::Share(_) => format!("The shares of {old} and {new} change, and nothing else."),
        Act::Unroute => format!(
            "The routes of weight 0 to {old} go. Its subset and its pods stay: a subset outlives the last route that \
             names it."
        ),
        Act::Remove => {
            format!(
                "The subset and the pods of {old} go. From here the way back takes as long as pods take to start."
            )
        }
        Act::TryRules => "Proxies count what the rules would refuse, and refuse nothing.".to_owned(),
        Act::Rules if plan.profile.authz.dry_run.value => {
            "`authz.dryRun` is true: rules only count.".to_owned()
        }
        Act::Rules => {
            "A service that an allow rule names takes whom its allow rules name, and nobody else.".to_owned()
        }
        Act::DenyAll if plan.profile.authz.dry_run.value => {
            "`authz.dryRun` is true: this only counts.".to_owned()
        }
        Act::DenyAll if plan.steps.iter().any(|it| it.act == Act::Rules) => {
            "Every namespace of the profile is closed. The rules are in force since the step before."
                .to_owned()
        }
        Act::DenyAll => "Every namespace of the profile is closed, and no rule lets anybody in.".to_owned(),
        Act::Strict(namespace) => {
            format!("Whoever calls a workload of {} without mutual TLS cannot connect.", span(namespace))
        }
        Act::StrictMesh => {
            "Namespaces that say nothing themselves, also those that are not in this profile, take \
                            mutual TLS only."
                .to_owned()
        }
    }
}

fn start(plan: &Plan) -> String {
    let (old, new) = names(plan);
    match plan.flow {
        Flow::Canary => format!("{new} runs beside {old}, with a subset of its own and a route of weight 0."),
        Flow::Rollback => "Both versions run.".to_owned(),
        Flow::BlueGreen => preview(plan, &new),
        Flow::Mtls if opens(plan) => {
            "The mesh as the profile has it, but without its access rules. Where they are in force already, begin with \
             the step that is what you have: this one would open the mesh."
                .to_owned()
        }
        Flow::Mtls => "The mesh as the profile has it.".to_owned(),
    }
}

fn preview(plan: &Plan, new: &str) -> String {
    let Some(pair) = &plan.pair else { return String::new() };
    let routes = plan.profile.services.get(&pair.service).map(|it| &it.routes);
    let testers = routes.into_iter().flat_map(Named::iter).filter(|(_, it)| {
        !shares::is_moved(it, pair) && it.split.get(&pair.new).is_some_and(|it| it.value.0 > 0)
    });
    let testers: Vec<String> = testers.map(|(name, _)| span(name)).collect();
    match &testers[..] {
        [] => format!("{new} runs at full size and gets no requests."),
        [only] => format!("{new} runs at full size. Only the route {only} leads to it: try it that way."),
        several => {
            format!("{new} runs at full size. Only the routes {} lead to it: try it that way.", list(several))
        }
    }
}

/// What a reader should know beside.
pub fn notes(plan: &Plan, act: &Act) -> Vec<String> {
    let Act::Strict(namespace) = act else { return Vec::new() };
    let profile = &plan.profile;
    let open = profile.service_refs().filter(|it| it.namespace().value == *namespace).filter(|it| {
        let own = it.service.mtls.as_ref();
        own.is_some_and(|it| it.mode.iter().chain(it.ports.values()).any(|it| it.value != MtlsMode::Strict))
    });
    let open: Vec<String> = open.map(|it| span(it.id)).collect();
    let rules: Vec<String> = callers::by_address(profile, namespace).into_iter().map(|it| span(it)).collect();
    let outside = callers::from_outside(profile, namespace).into_iter().map(|it| span(it)).collect();
    let ends = |it: &Expectation| {
        let outcome = &it.outcome;
        it.from.iter().any(|it| it.as_str() == "outside-the-mesh")
            && outcome.refused.is_none()
            && outcome.unreachable.is_none()
            && profile
                .service(&it.to)
                .is_some_and(|to| to.namespace().value == *namespace && to.service.mtls.is_none())
    };
    let ended = profile.expect.iter().filter(|(_, it)| ends(it)).map(|(name, _)| span(name));
    let ended: Vec<String> = ended.collect();
    let told = [
        ("A mode of its own stays as it is: see", open),
        ("Who comes by its address may have no proxy: see", rules),
        ("Outside the bundle, and not known to have a proxy:", outside),
        ("From here on the profile must no longer expect", ended),
    ];
    let said = told.into_iter().filter(|(_, it)| !it.is_empty());
    said.map(|(words, names)| format!("{words} {}.", list(&names))).collect()
}

/// What to type to see what no metric tells.
pub fn commands(plan: &Plan, act: &Act) -> Vec<String> {
    if *act != Act::TryRules {
        return Vec::new();
    }
    let pods = plan.profile.service_refs().filter_map(|it| {
        let (version, _) = it.service.versions.iter().next()?;
        let pods = shell(&format!("deploy/{}-{version}", it.name()));
        Some(format!(
            "kubectl -n {} exec {pods} -c istio-proxy -- pilot-agent request GET stats | grep shadow_denied",
            shell(it.namespace())
        ))
    });
    pods.take(12).collect()
}

/// When the next step may come.
pub fn go_on(plan: &Plan, act: &Act) -> String {
    let (old, new) = names(plan);
    let promised = plan.pair.as_ref().is_some_and(|it| !watch::limits(&plan.profile, it, &it.new).is_empty());
    match act {
        Act::Start if plan.flow == Flow::Mtls => String::new(),
        Act::Start => "At once. Note the answers: later ones are compared with them.".to_owned(),
        Act::Share(0) => format!("{old} serves as it did before: nothing is left to do."),
        Act::Share(_) if plan.flow == Flow::Rollback => {
            "At once where requests fail: nothing has to be waited for on the way back.".to_owned()
        }
        Act::Share(_) if promised => "When all of it holds.".to_owned(),
        Act::Share(100) => format!("When {new} serves no worse than {old} did."),
        Act::Share(_) => format!(
            "When {new} is no worse than {old}: the profile promises nothing (`rollout.checks`, `observability.slo`)."
        ),
        Act::Unroute => format!("When {old} has been without requests for as long as a request may take."),
        Act::Remove => String::new(),
        Act::TryRules => "When nothing is counted that should be let in.".to_owned(),
        Act::Rules | Act::DenyAll => "When nobody is refused who should be let in.".to_owned(),
        Act::Strict(_) | Act::StrictMesh => "When every caller still gets its answers.".to_owned(),
    }
}

/// What to mind on the way back to the start.
pub fn way_back(compiled: &Compiled<'_>) -> Option<String> {
    let (old, _) = names(compiled.plan);
    let gone = compiled.plan.steps.iter().position(|it| it.act == Act::Remove);
    if let Some(before) = gone.and_then(|it| compiled.folders.get(it.checked_sub(1)?)) {
        return Some(format!(
            "Once {old} is gone it has no pods to take requests: apply {} first, and wait until they are ready.",
            span(before)
        ));
    }
    opens(compiled.plan).then(|| {
        "It takes the access rules away: where they were in force before the plan, go back one step at a time instead."
            .to_owned()
    })
}

/// Whether the start has fewer rules than the profile.
fn opens(plan: &Plan) -> bool {
    plan.steps.iter().any(|it| it.act == Act::DenyAll)
}

fn names(plan: &Plan) -> (String, String) {
    plan.pair.as_ref().map_or_else(Default::default, |it| (span(&it.old), span(&it.new)))
}
