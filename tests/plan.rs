//! The laws of plans: neighbours differ in what the step is about and in nothing else, and the way back is the way.

use std::collections::{BTreeMap, BTreeSet};

use meshgen::bundle::{Bundle, Layout, bundle};
use meshgen::diag::{Diagnostics, human};
use meshgen::plan::{Act, Compiled, Flow, Plan, Request, folder, plan};
use meshgen::profile::Profile;
use meshgen::resolve::{Resolver, Wish};
use meshgen::source::{SourceMap, Text};
use proptest::prelude::*;
use serde_json::Value;

use crate::readers::read_with_serde_yaml;
use crate::shipped::{self, Builtins};

/// What is asked for where nothing is said.
pub fn request(flow: Flow) -> Request {
    Request { flow, service: None, from: None, to: None, steps: None, retire: false }
}

fn steps(flow: Flow, steps: &str) -> Request {
    Request { steps: Some(Text::made(steps.into())), ..request(flow) }
}

/// A profile by its text, and how findings about it read.
fn resolved(text: &str, sets: &[String]) -> (SourceMap, Profile) {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("plan.yaml", text).unwrap();
    let wish = Wish { environment: None, sets: sets.to_vec() };
    let profile = Resolver::default().profile(file, &wish, &mut Builtins, &mut files, &mut diags);
    assert!(profile.is_ok(), "{text}\n{}", human::render(&diags.sorted(), &files, false));
    (files, profile.unwrap())
}

fn rendered(profile: Profile) -> Bundle {
    let mut diags = Diagnostics::default();
    let compiled = meshgen::compile("a".into(), profile, &mut diags);
    let Ok((scenario, mesh)) = compiled else { panic!("{:#?}", diags.sorted()) };
    bundle(&mesh, "a", &scenario.profile().namespace, Layout::Layers)
}

/// The bundles of a plan, and its folder; or what is wrong, as messages.
pub fn planned(text: &str, request: &Request) -> Result<(Plan, Vec<Bundle>, Bundle), Vec<String>> {
    let (_, profile) = resolved(text, &[]);
    let mut diags = Diagnostics::default();
    let Ok(plan) = plan(request, &profile, &mut diags) else {
        return Err(diags.sorted().iter().map(|it| it.message.clone()).collect());
    };
    let bundles: Vec<Bundle> = plan.steps.iter().map(|it| rendered(it.profile.clone())).collect();
    let compiled = Compiled::new(&plan, "a", bundles.clone(), &mut diags).unwrap();
    let whole = folder(compiled).unwrap();
    Ok((plan, bundles, whole))
}

/// Every shipped scenario that has such a plan, by the text of a profile that extends it.
fn every(request: &Request, more: &str) -> Vec<(String, Plan, Vec<Bundle>, Bundle)> {
    let plan = |name: &'static str| {
        let text = format!("extends: {name}\n{more}");
        planned(&text, request).ok().map(|(plan, bundles, whole)| (name.to_owned(), plan, bundles, whole))
    };
    let all: Vec<_> = shipped::names().filter_map(plan).collect();
    assert!(!all.is_empty());
    all
}

fn texts(bundle: &Bundle) -> BTreeMap<&str, &str> {
    bundle.files.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect()
}

/// The kinds of the files that two bundles do not share; a list of files is of the kind "".
fn kinds_that_differ(old: &Bundle, new: &Bundle) -> BTreeSet<String> {
    let kind = |path: &str| {
        let file = old.files.iter().chain(&new.files).find(|it| it.path == path).unwrap();
        file.object.as_ref().map_or(String::new(), |it| it.kind.clone())
    };
    let (old_texts, new_texts) = (texts(old), texts(new));
    let paths: BTreeSet<&str> = old_texts.keys().chain(new_texts.keys()).copied().collect();
    paths.into_iter().filter(|it| old_texts.get(it) != new_texts.get(it)).map(kind).collect()
}

/// Whether all lines in which two bundles differ are weights.
fn only_weights_differ(old: &Bundle, new: &Bundle) -> bool {
    let unlike = |(a, b): (&meshgen::bundle::File, &meshgen::bundle::File)| {
        let lines = || a.text.lines().zip(b.text.lines()).filter(|(x, y)| x != y);
        a.path != b.path
            || a.text.lines().count() != b.text.lines().count()
            || lines().any(|(x, y)| [x, y].iter().any(|it| !it.trim().starts_with("weight: ")))
    };
    old.files.len() == new.files.len() && !old.files.iter().zip(&new.files).any(unlike)
}

fn objects<'b>(bundle: &'b Bundle, kind: &'b str) -> impl Iterator<Item = Value> + 'b {
    let files = bundle.files.iter().filter(move |it| it.object.as_ref().is_some_and(|it| it.kind == kind));
    files.map(|it| read_with_serde_yaml(&it.text).unwrap())
}

fn weights_total_100(bundle: &Bundle) -> bool {
    objects(bundle, "VirtualService").all(|it| {
        let routes =
            ["http", "tcp", "tls"].into_iter().filter_map(|kind| it["spec"][kind].as_array().cloned());
        routes
            .flatten()
            .filter_map(|it| it["route"].as_array().cloned())
            .all(|route| route.iter().map(|it| it["weight"].as_u64().unwrap()).sum::<u64>() == 100)
    })
}

/// Host and subset of every destination, or of every subset that is declared.
fn named_subsets(bundle: &Bundle) -> BTreeSet<(String, String)> {
    fn walk(value: &Value, found: &mut BTreeSet<(String, String)>) {
        if let (Some(host), Some(subset)) = (value["host"].as_str(), value["subset"].as_str()) {
            found.insert((host.to_owned(), subset.to_owned()));
        }
        match value {
            Value::Object(entries) => entries.values().for_each(|it| walk(it, found)),
            Value::Array(items) => items.iter().for_each(|it| walk(it, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    objects(bundle, "VirtualService").for_each(|it| walk(&it, &mut found));
    found
}

fn declared_subsets(bundle: &Bundle) -> BTreeSet<(String, String)> {
    let of = |it: Value| {
        let host = it["spec"]["host"].as_str().unwrap().to_owned();
        let subsets = it["spec"]["subsets"].as_array().cloned().unwrap_or_default();
        subsets.into_iter().map(move |it| (host.clone(), it["name"].as_str().unwrap().to_owned()))
    };
    objects(bundle, "DestinationRule").flat_map(of).collect()
}

#[test]
fn steps_of_a_canary_differ_in_weights_and_in_nothing_else() {
    for (name, _, bundles, _) in every(&request(Flow::Canary), "") {
        assert_eq!(bundles.len(), 4, "{name}");
        for pair in bundles.windows(2) {
            assert_eq!(kinds_that_differ(&pair[0], &pair[1]), ["VirtualService".to_owned()].into(), "{name}");
            assert!(only_weights_differ(&pair[0], &pair[1]), "{name}");
            assert!(weights_total_100(&pair[0]) && weights_total_100(&pair[1]), "{name}");
        }
    }
    for (name, _, bundles, _) in every(&request(Flow::BlueGreen), "") {
        assert_eq!(bundles.len(), 2, "{name}");
        assert!(only_weights_differ(&bundles[0], &bundles[1]), "{name}");
    }
}

#[test]
fn a_step_holds_what_render_writes_of_its_state() {
    for (name, plan, bundles, _) in every(&request(Flow::Canary), "") {
        for (step, bundle) in plan.steps.iter().zip(&bundles) {
            let share = if let Act::Share(share) = step.act { share } else { 0 };
            let split = format!("services.hello.routes.default.split={{v1: {}, v2: {share}}}", 100 - share);
            let sets = [split, "expect=null".to_owned()];
            let (_, profile) = resolved(&format!("extends: {name}\n"), &sets);
            assert_eq!(rendered(profile).files, bundle.files, "{name} {share}");
        }
    }
}

#[test]
fn the_way_back_is_the_start_byte_for_byte_and_links_lead_somewhere() {
    let plans =
        [request(Flow::Canary), Request { retire: true, ..request(Flow::Canary) }, request(Flow::BlueGreen)];
    let rollbacks = request(Flow::Rollback);
    let strict = every(&request(Flow::Mtls), "mtls: permissive\n");
    let all = plans.iter().chain([&rollbacks]).flat_map(|it| every(it, "")).chain(strict);
    for (name, _, bundles, whole) in all {
        let below = |folder: &str| -> BTreeMap<String, String> {
            let files = whole.files.iter().filter_map(|it| Some((it.path.strip_prefix(folder)?, &it.text)));
            files.map(|(path, text)| (path.to_owned(), text.clone())).collect()
        };
        let start: BTreeMap<String, String> =
            bundles[0].files.iter().map(|it| (it.path.clone(), it.text.clone())).collect();
        assert_eq!(below("rollback/"), start, "{name}");
        let paths: BTreeSet<&str> = whole.files.iter().map(|it| it.path.as_str()).collect();
        let readme = &whole.files.iter().find(|it| it.path == "README.md").unwrap().text;
        let links: Vec<&str> = readme.split("](").skip(1).map(|it| it.split(')').next().unwrap()).collect();
        assert!(links.len() > 2, "{name}");
        let lost: Vec<_> = links.iter().filter(|it| !paths.contains(**it)).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
        let files = readme.lines().filter_map(|it| it.strip_prefix("kubectl delete --ignore-not-found -f "));
        assert!(files.into_iter().all(|it| paths.contains(it)), "{name}");
    }
}

#[test]
fn no_subset_leaves_before_its_last_route() {
    for (name, _, bundles, _) in every(&Request { retire: true, ..request(Flow::Canary) }, "") {
        assert_eq!(bundles.len(), 6, "{name}");
        for pair in bundles.windows(2) {
            let gone = &declared_subsets(&pair[0]) - &declared_subsets(&pair[1]);
            assert!(gone.is_disjoint(&named_subsets(&pair[0])), "{name}");
            assert!(named_subsets(&pair[1]).is_subset(&declared_subsets(&pair[1])), "{name}");
        }
        assert_eq!((&declared_subsets(&bundles[4]) - &declared_subsets(&bundles[5])).len(), 1, "{name}");
        let pods: Vec<Value> = objects(&bundles[5], "Deployment").collect();
        assert!(!pods.iter().any(|it| it["metadata"]["name"] == "hello-v1"), "{name}");
    }
}

#[test]
fn a_namespace_becomes_strict_by_one_object() {
    for (name, plan, bundles, _) in every(&request(Flow::Mtls), "mtls: permissive\n") {
        for (step, pair) in plan.steps.iter().skip(1).zip(bundles.windows(2)) {
            let mut kinds = kinds_that_differ(&pair[0], &pair[1]);
            kinds.remove("");
            // What watches may follow: an alert on plaintext where nothing else is taken.
            let watching = ["PrometheusRule", "ConfigMap"].map(str::to_owned);
            let allowed: BTreeSet<String> = match step.act {
                Act::Strict(_) | Act::StrictMesh => {
                    ["PeerAuthentication".to_owned()].into_iter().chain(watching).collect()
                }
                Act::TryRules | Act::Rules | Act::DenyAll => ["AuthorizationPolicy", "NetworkPolicy"]
                    .map(str::to_owned)
                    .into_iter()
                    .chain(watching)
                    .collect(),
                _ => BTreeSet::new(),
            };
            assert!(kinds.is_subset(&allowed), "{name} {}: {kinds:?}", step.name);
        }
        let (_, end) = resolved(&format!("extends: {name}\nmtls: strict\n"), &["expect=null".to_owned()]);
        assert_eq!(bundles.last().unwrap().files, rendered(end).files, "{name}");
    }
}

#[test]
fn rules_are_in_force_a_step_before_everything_else_is_refused() {
    let mut seen = 0;
    for (name, _, bundles, _) in every(&request(Flow::Mtls), "mtls: permissive\n") {
        let dry = |it: &Value| it["metadata"]["annotations"]["istio.io/dry-run"] == "true";
        let first = |wanted: &dyn Fn(&Value) -> bool| {
            bundles
                .iter()
                .position(|it| objects(it, "AuthorizationPolicy").any(|it| wanted(&it) && !dry(&it)))
        };
        let closes = first(&|it| it["metadata"]["name"] == "allow-nothing");
        let opens = first(&|it| it["spec"]["action"] == "ALLOW");
        if let (Some(closes), Some(opens)) = (closes, opens) {
            assert!(opens < closes, "{name}");
            seen += 1;
        }
    }
    assert!(seen > 1);
}

#[test]
fn who_has_no_proxy_is_not_shut_out() {
    let bare = "extends: mtls-permissive\nclients: { test-client: { labels: { sidecar.istio.io/inject: 'false' } } }\n";
    let said = planned(bare, &request(Flow::Mtls)).unwrap_err();
    assert!(said[0].starts_with("client `test-client` gets no proxy and may call `hello`"), "{said:?}");
    let open = format!("{bare}services: {{ hello: {{ mtls: permissive }} }}\n");
    assert!(planned(&open, &request(Flow::Mtls)).is_ok());
    let denied =
        "authz: { default: deny, allow: { r: { from: ingress, to: hello } } }\nexpect: { answers: null }\n";
    assert!(planned(&format!("{bare}{denied}"), &request(Flow::Mtls)).is_ok());
    let none = "extends: mtls-permissive\nmesh: { injection: none }\n";
    assert!(
        planned(none, &request(Flow::Mtls)).unwrap_err()[0].contains("no pod of the profile gets a proxy")
    );
}

#[test]
fn weights_of_an_engine_are_not_planned() {
    let engine = |name: &str| {
        format!(
            "extends: canary-10\nrollout: {{ engine: {name}, services: hello, checks: {{ successRate: 99 }} }}\n\
             observability: {{ prometheus: {{ namespace: a, address: 'http://p.a:9090' }} }}\n"
        )
    };
    for (name, words) in [("flagger", "belong to Flagger"), ("argo-rollouts", "belong to Argo Rollouts")] {
        let said = planned(&engine(name), &request(Flow::Canary)).unwrap_err();
        assert!(said[0].contains(words), "{said:?}");
    }
    assert!(planned(&engine("git"), &request(Flow::Canary)).is_ok());
    // The engine's own scenario has one version: that a second is missing would be the wrong advice.
    let said = planned("extends: flagger\n", &request(Flow::Canary)).unwrap_err();
    assert!(said[0].contains("belong to Flagger"), "{said:?}");
}

#[test]
fn names_do_not_break_out_of_the_page() {
    let nasty = "extends: canary-10\nservices:\n  hello:\n    routes:\n      default: null\n      \
                 \"$(x) `y` | \\n```\\n# pwn\": { split: { v1: 90, v2: 10 } }\n";
    let (_, _, whole) = planned(nasty, &request(Flow::Canary)).unwrap();
    let readme = &whole.files.iter().find(|it| it.path == "README.md").unwrap().text;
    assert!(!readme.lines().any(|it| it.starts_with("# pwn")), "{readme}");
    assert_eq!(readme.lines().filter(|it| it.trim_start().starts_with("```")).count() % 2, 0, "{readme}");
}

/// A service of two versions with routes of its own; `share` is what the second version has of each that splits.
fn two_versions(share: u32, routes: usize) -> String {
    let split = format!("split: {{ v1: {}, v2: {share} }}", 100 - share);
    let route = |it: usize| format!("      r{it}: {{ match: {{ path: /{it} }}, {split} }}\n");
    let more = (0..routes).map(route).collect::<Vec<_>>().concat();
    format!(
        "namespace: demo\nservices:\n  hello:\n    ports: {{ http: {{ number: 80 }}, db: {{ number: 82, protocol: tcp }} }}\n    \
         versions: {{ v1: {{ image: 'a:1' }}, v2: {{ image: 'a:2' }} }}\n    routes:\n      \
         testers: {{ match: {{ headers: {{ x: y }} }}, split: {{ v2: 100 }} }}\n{more}      default: {{ {split} }}\n"
    )
}

fn ladder() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::btree_set(1_u32..=100, 1..5).prop_map(|it| it.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_rollback_is_the_canary_backwards(ladder in ladder(), routes in 0_usize..3, at in any::<prop::sample::Index>()) {
        let typed: Vec<String> = ladder.iter().map(u32::to_string).collect();
        let typed = typed.join(",");
        let share = *at.get(&ladder);
        let (_, up, whole) = planned(&two_versions(0, routes), &steps(Flow::Canary, &typed)).unwrap();
        let (plan, down, _) = planned(&two_versions(share, routes), &steps(Flow::Rollback, &typed)).unwrap();
        let walked: Vec<&Bundle> = up.iter().take(down.len()).rev().collect();
        prop_assert_eq!(down.iter().collect::<Vec<_>>(), walked);
        prop_assert_eq!(plan.steps.len(), 2 + ladder.iter().filter(|it| **it < share).count());
        for pair in up.windows(2) {
            prop_assert!(only_weights_differ(&pair[0], &pair[1]) && weights_total_100(&pair[1]));
        }
        let mut sorted = whole.files.clone();
        sorted.sort_by(|a, b| a.path.cmp(&b.path));
        prop_assert_eq!(sorted, whole.files);
    }

    #[test]
    fn steps_are_taken_or_every_wrong_one_is_told(numbers in prop::collection::vec(0_u32..130, 1..6)) {
        let typed: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let valid: Vec<u32> = numbers.iter().copied().filter(|it| (1..=100).contains(it)).collect();
        let falls = valid.windows(2).filter(|it| it[1] <= it[0]).count();
        let wrong = numbers.len() - valid.len() + falls;
        match planned(&two_versions(0, 0), &steps(Flow::Canary, &typed.join(","))) {
            Ok((plan, _, _)) => {
                prop_assert_eq!(wrong, 0);
                let last = usize::from(valid.last() != Some(&100));
                prop_assert_eq!(plan.steps.len(), 1 + valid.len() + last);
            }
            Err(said) => prop_assert_eq!(said.len(), wrong),
        }
    }
}
