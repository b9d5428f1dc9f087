//! What holds for every script of every scenario: shellcheck finds nothing, no other objects are named, no value breaks out.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use meshgen::mesh::Mesh;
use proptest::prelude::*;

use super::world::{World, compile, texts};
use crate::shipped;

/// Profiles that lack what others have.
const ODD: &[(&str, &str)] = &[
    ("nothing but a gateway", "extends: gateway\nclients: { test-client: null }\nexpect: null\n"),
    ("no service", "namespace: demo\nclients: { c: { image: 'example/c:1' } }\n"),
    (
        "bytes alone",
        "namespace: demo\nservices: { s: { ports: { db: { number: 5432, protocol: tcp } }, versions: { v1: { image: 'a/b:1' }, \
         v2: { image: 'a/b:2' } }, routes: { default: { split: { v1: 90, v2: 10 } } } } }\n",
    ),
    ("no proxies", "extends: canary-10\nmesh: { injection: none }\nmtls: null\nexpect: null\n"),
    ("a load", "extends: hello\nload: { peak: { to: hello, from: test-client } }\n"),
];

/// Names and values that try to break out.
const NASTY: &str = r#"
extends: canary-10
services:
  hello:
    routes:
      "a\n$(touch pwned) 'b' `touch pwned` {{ 7 }} {% x %} {# y": { match: { headers: { x-a: "a'; touch pwned; echo \"$HOME\" $(touch pwned) `touch pwned` {{ 7 }} \\ %s %n" } }, split: { v2: 100 } }
      testers: { match: { path: "/a'b$(touch${IFS}pwned){e}[f]", query: { "q'$(touch${IFS}pwned)": "'{g}" } } }
      b: { match: { path: "/a b\"`c`" }, split: { v2: 100 } }
expect: null
"#;

/// A script without the words of lines that are nothing but a call with words: one of each shape is enough.
fn shape(text: &str) -> String {
    let calls =
        ["  \"$1\" ", "ask ", "gate ", "skip ", "guard ", "  say '", "    manifests/", "    configs/"];
    let short = |line: &str| calls.iter().find(|it| line.starts_with(**it)).map(|it| (*it).to_owned());
    let mut lines: Vec<String> = text.lines().map(|it| short(it).unwrap_or_else(|| it.to_owned())).collect();
    lines.dedup();
    lines.join("\n")
}

#[test]
fn shellcheck_finds_nothing_in_any_script() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = BTreeSet::new();
    let mut keep = |name: &str, scenario: &_, mesh: &_| {
        for (script, text) in texts(scenario, mesh) {
            if all.insert(shape(&text)) {
                fs::write(folder.path().join(format!("{}-{script}", name.replace(' ', "-"))), text).unwrap();
            }
        }
    };
    for name in shipped::names() {
        let (scenario, mesh) = shipped::compile(name);
        keep(name, &scenario, &mesh);
    }
    for (name, profile) in ODD.iter().chain(&[("nasty", NASTY)]) {
        let (scenario, mesh) = compile(profile).unwrap_or_else(|it| panic!("{name}: {it}"));
        keep(name, &scenario, &mesh);
    }
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
    for file in &files {
        let done = Command::new("bash").arg("-n").arg(file).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let Ok(done) = Command::new("shellcheck").args(["-f", "gcc"]).args(&files).output() else {
        println!("skipped: shellcheck is not installed");
        return;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

/// Every `kind/name` of a text whose kind is one that scripts speak of.
fn mentioned(text: &str) -> Vec<(String, String)> {
    let part = |it: char| it.is_ascii_alphanumeric() || "-./".contains(it);
    let words = text.split(|it| !part(it)).filter_map(|it| it.split_once('/'));
    let kinds = [
        "deployment",
        "cronjob",
        "virtualservices.networking.istio.io",
        "rollouts.argoproj.io",
        "canaries.flagger.app",
    ];
    let named = words.filter(|(kind, name)| kinds.contains(kind) && !name.is_empty());
    named.map(|(kind, name)| (kind.to_owned(), name.to_owned())).collect()
}

fn has(mesh: &Mesh, kind: &str, name: &str) -> bool {
    let (kind, plural) = (kind.split('.').next().unwrap(), kind.contains('.'));
    mesh.manifests().iter().any(|it| {
        let own = it.resource.kind().to_lowercase();
        let own = if plural && own.ends_with('y') {
            own.replace('y', "ies")
        } else if plural {
            own + "s"
        } else {
            own
        };
        own == kind && it.resource.name().as_str() == name
    })
}

#[test]
fn scripts_name_only_objects_that_the_scenario_has() {
    let compiled = shipped::names().map(shipped::compile);
    for (scenario, mesh) in compiled.chain(ODD.iter().map(|it| compile(it.1).unwrap())) {
        for (script, text) in texts(&scenario, &mesh) {
            for (kind, name) in mentioned(&text) {
                assert!(has(&mesh, &kind, &name), "{} {script}: {kind}/{name}", scenario.name());
            }
        }
    }
}

#[test]
fn cleanup_names_every_object_once_and_no_other() {
    for name in ["production", "canary-10", "egress", "flagger", "argo-rollouts"] {
        let (scenario, mesh) = shipped::compile(name);
        let text = &texts(&scenario, &mesh)["cleanup.sh"];
        let rows = text.lines().filter_map(|it| it.strip_prefix("  \"$1\" "));
        let mut named = Vec::new();
        for row in rows {
            let words: Vec<&str> = row.split(' ').map(|it| it.trim_matches('\'')).collect();
            let kind = words[1].split('.').next().unwrap();
            named.extend(words[2..].iter().map(|it| format!("{kind} {} {it}", words[0])));
        }
        let object = |it: &meshgen::kube::Manifest| {
            let space = it.resource.namespace().map(ToString::to_string).unwrap_or_default();
            format!("{} {space} {}", it.resource.kind().to_lowercase(), it.resource.name())
        };
        let mut all: Vec<String> = mesh.manifests().iter().rev().map(object).collect();
        // Namespaces have a list of their own, behind all others.
        all.sort_by_key(|it| it.starts_with("namespace "));
        assert_eq!(named, all, "{name}");
    }
}

#[test]
fn nothing_breaks_out_of_a_script() {
    let world = World::new(NASTY);
    let value = "x-a: a'; touch pwned; echo \"$HOME\" $(touch pwned) `touch pwned` {{ 7 }} \\ %s %n";
    let done = world.run("test-routing.sh", &["--pause", "0"]);
    let has = |word: &str| done.calls.iter().any(|it| it.iter().any(|it| it == word));
    assert!(has(value), "{:#?}", done.calls);
    let url =
        "http://hello.mesh-demo.svc.cluster.local:80/a'b$(touch${IFS}pwned){e}[f]?q'$(touch${IFS}pwned)='{g}";
    assert!(has(url), "{:#?}", done.calls);
    assert!(done.said.contains("no address can spell it"), "{}", done.said);
    for script in [
        "canary-step.sh",
        "rollback.sh",
        "deploy.sh",
        "cleanup.sh",
        "test-authz.sh",
        "test-mtls.sh",
        "load.sh",
    ] {
        world.run(script, &["--dry-run"]);
    }
    world.run("canary-step.sh", &["--live", "--weight", "20", "--route", "default"]);
    world.run("rollback.sh", &["--live"]);
    for folder in ["", "scripts"] {
        assert!(!world.path().join(folder).join("pwned").exists());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_value_of_a_header_arrives_as_one_word(value in "[ -~äß€]{1,24}") {
        let quoted = serde_json::to_string(&value).unwrap();
        let profile = format!(
            "extends: hello\nservices: {{ hello: {{ routes: {{ a: {{ match: {{ headers: {{ x-a: {quoted} }} }}, \
             split: {{ v1: 100 }} }}, default: {{ split: {{ v1: 100 }} }} }} }} }}\n"
        );
        prop_assume!(compile(&profile).is_ok());
        let done = World::new(&profile).run("test-routing.sh", &["--pause", "0"]);
        let word = format!("x-a: {value}");
        prop_assert!(done.calls.iter().any(|it| it.contains(&word)), "{:?}", done);
    }
}
