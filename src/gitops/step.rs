//! The order in which Flux applies a folder: several Kustomizations over the same folder, each for some kinds.
//!
//! A Kustomization applies its objects in an order of its own: pods before policies, and a policy that denies
//! everything before those that allow. So each applies only what belongs to its step and waits for the one before.
//! Folders would part the objects by subject, not by order.

use crate::kube::Resource;
use crate::kube::gitops::kustomization::{Patch, Target};
use crate::source::Str;

/// Marks what belongs to a step.
const MARK: &str = "meshgen.dev/step";

/// The policy that denies whatever no other allows: it comes after those, and no other of its kind does.
const DENY_ALL: (&str, &str) = ("AuthorizationPolicy", "allow-nothing");

/// What marks a Job that runs when all else stands: Argo CD's word, which Flux does not know.
const HOOK: (&str, &str) = ("argocd.argoproj.io/hook", "PostSync");

/// Some kinds that are applied together.
pub struct Step {
    /// Its name.
    pub word: &'static str,
    /// The kinds; of the first step: all others.
    pub kinds: &'static [&'static str],
    /// A single object more, by kind and name.
    pub object: Option<(&'static str, &'static str)>,
}

/// The place of the first step.
pub const BASE: usize = 0;
/// The place of the step whose objects take as long as a rollout does.
pub const ROLLOUT: usize = 4;
/// The place of the step for Jobs that have the hook.
const LAST: usize = 6;

/// In order: what all else needs and what lets requests through, what keeps them out, pods, the routes to them, what
/// rolls them out, what watches, and what asks once whether all of it answers.
pub const STEPS: [Step; 7] = [
    Step { word: "base", kinds: &[], object: None },
    Step { word: "guard", kinds: &["PeerAuthentication"], object: Some(DENY_ALL) },
    Step {
        word: "pods",
        kinds: &[
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "Pod",
            "Job",
            "CronJob",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler",
        ],
        object: None,
    },
    Step {
        word: "routes",
        kinds: &["Gateway", "VirtualService", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "Ingress"],
        object: None,
    },
    Step {
        word: "rollout",
        kinds: &[
            "Rollout",
            "AnalysisTemplate",
            "ClusterAnalysisTemplate",
            "Experiment",
            "Canary",
            "MetricTemplate",
            "AlertProvider",
        ],
        object: None,
    },
    Step {
        word: "watch",
        kinds: &[
            "PodMonitor",
            "ServiceMonitor",
            "Probe",
            "PrometheusRule",
            "AlertmanagerConfig",
            "ScrapeConfig",
        ],
        object: None,
    },
    // Beside the pods it would ask before there are routes, and no later step would come when it fails.
    Step { word: "after", kinds: &[], object: None },
];

/// The place of the step that applies an object.
pub fn of(resource: &Resource) -> usize {
    let (kind, name) = (resource.kind(), resource.name().as_str());
    if resource.metadata().is_some_and(|it| it.annotations.get(HOOK.0).is_some_and(|it| it == HOOK.1)) {
        return LAST;
    }
    let fits = |it: &Step| it.kinds.contains(&kind) || it.object == Some((kind, name));
    STEPS.iter().position(fits).unwrap_or(BASE)
}

/// What leaves nothing of a folder but the objects of one step, `later` being the steps that others apply.
pub fn patches(step: usize, later: &[usize]) -> Vec<Patch> {
    if step == BASE {
        let others = || later.iter().map(|it| &STEPS[*it]);
        let kinds: Vec<&str> = others().flat_map(|it| it.kinds).copied().collect();
        let whole = (!kinds.is_empty()).then(|| drop_all(of_kind(&kinds.join("|"), "")));
        let single = others().filter_map(|it| it.object).map(|(kind, name)| drop_all(of_kind(kind, name)));
        let last = later.contains(&LAST).then(|| drop_all(hooked()));
        return whole.into_iter().chain(single).chain(last).collect();
    }
    let Step { word, kinds, object } = &STEPS[step];
    let hooked =
        || Target { annotation_selector: ecow::eco_format!("{}={}", HOOK.0, HOOK.1), ..Target::default() };
    let mut patches = Vec::new();
    if !kinds.is_empty() {
        patches.push(annotate(of_kind(&kinds.join("|"), ""), MARK, word));
    }
    patches.extend(object.map(|(kind, name)| annotate(of_kind(kind, name), MARK, word)));
    if step == LAST || later.contains(&LAST) {
        patches.push(annotate(hooked(), MARK, STEPS[LAST].word));
    }
    if step == LAST {
        // The template of a Job cannot be changed: Flux has to put a new one in the place of the old.
        patches.push(annotate(hooked(), "kustomize.toolkit.fluxcd.io/force", "Enabled"));
    }
    let unmarked = Target { annotation_selector: ecow::eco_format!("{MARK}!={word}"), ..Target::default() };
    patches.push(drop_all(unmarked));
    patches
}

fn hooked() -> Target {
    Target { annotation_selector: ecow::eco_format!("{}={}", HOOK.0, HOOK.1), ..Target::default() }
}

fn of_kind(kind: &str, name: &str) -> Target {
    Target { kind: kind.into(), name: name.into(), ..Target::default() }
}

/// Takes objects out of what is applied. A patch with a target must have a name and a kind, and heeds neither.
fn drop_all(target: Target) -> Patch {
    Patch { target, patch: "$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n".into() }
}

/// Gives objects an annotation; key and value are ours.
pub fn annotate(target: Target, key: &str, value: &str) -> Patch {
    let patch: Str = ecow::eco_format!(
        "apiVersion: v1\nkind: Any\nmetadata:\n  name: any\n  annotations:\n    {key}: {value}\n"
    );
    Patch { target, patch }
}

#[cfg(test)]
mod tests {
    use super::{LAST, STEPS, patches};

    #[test]
    fn a_job_with_a_hook_comes_when_all_else_stands_and_takes_the_place_of_the_last() {
        assert_eq!(LAST, STEPS.len() - 1);
        let has = |step: usize, text: &str| patches(step, &[LAST]).iter().any(|it| it.patch.contains(text));
        assert!(has(LAST, "kustomize.toolkit.fluxcd.io/force: Enabled"));
        assert!((1..LAST).all(|it| !has(it, "force: Enabled") && has(it, "meshgen.dev/step: after")));
    }
}
