//! The script that takes the next step of a plan, run in a repository of its own against a Prometheus that is a file.

use std::fs;
use std::path::Path;
use std::process::Command;

use meshgen::plan::Flow;

use crate::cli::shell;
use crate::plan::{planned, request};
use crate::readers::read_with_serde_yaml;

const PROFILE: &str = "extends: canary-10
rollout: { engine: git, services: hello, failures: 2, checks: { successRate: 99, p99: 500ms } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
";

/// Answers every query with what the file `answer` says.
const CURL: &str = "#!/bin/sh
printf '%s\\n' \"$*\" >> \"$SANDBOX/asked\"
printf '{\"data\":{\"result\":[%s]}}' \"$(cat \"$SANDBOX/answer\")\"
";

/// A repository with the plan in it, whose remote is a folder beside it.
fn sandbox(folder: &Path) {
    let (_, _, whole) = planned(PROFILE, &request(Flow::Canary)).unwrap();
    for file in &whole.files {
        let path = folder.join("repo/plan/a").join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
    fs::create_dir_all(folder.join("bin")).unwrap();
    fs::write(folder.join("bin/curl"), CURL).unwrap();
    let made = shell(
        "chmod +x bin/curl && git init -q --bare remote && cd repo && git init -q && git config user.name a && \
         git config user.email a@example.com && git remote add origin ../remote && git add . && git commit -qm plan && \
         git push -qu origin HEAD",
        folder,
    );
    assert_eq!(made, (0, String::new()));
}

/// Takes a step while Prometheus answers so: the exit code, and what the followed folder gives `v2` then.
fn step(folder: &Path, answer: &str) -> (i32, String) {
    fs::write(folder.join("answer"), answer).unwrap();
    let run = "export SANDBOX=$PWD PATH=$PWD/bin:$PATH INTERVAL=0 FAILURES=2 PROMETHEUS=http://p:9090; cd repo && \
               bash plan/a/workflows/next-step.sh";
    let (code, said) = shell(run, folder);
    assert_eq!(
        shell("git -C repo status --short; git -C repo diff @{u}", folder),
        (0, String::new()),
        "{said}"
    );
    let routes = fs::read_to_string(folder.join("repo/out/a/traffic/virtual-service-hello.yaml")).unwrap();
    (code, routes.lines().rfind(|it| it.contains("weight:")).unwrap().trim().to_owned())
}

fn good(value: &str) -> String {
    format!("{{\"value\":[0,\"{value}\"]}}")
}

#[expect(clippy::print_stderr, reason = "a test that did not run does not look as if it had")]
fn has_tools() -> bool {
    let there = ["git", "jq", "bash"].iter().all(|it| Command::new(it).arg("--version").output().is_ok());
    if !there {
        eprintln!("skipped: git, jq and bash are not all there");
    }
    there
}

#[test]
fn a_good_step_stays_and_a_bad_one_is_reverted() {
    if !has_tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sandbox(folder);
    let asked = || fs::read_to_string(folder.join("asked")).map_or(0, |it| it.lines().count());
    assert_eq!(step(folder, ""), (0, "weight: 0".to_owned()), "the start is not judged");
    assert_eq!(asked(), 0);
    assert_eq!(step(folder, &good("0.005")), (0, "weight: 10".to_owned()));
    assert_eq!(asked(), 4, "two rounds of two checks are enough");
    assert_eq!(step(folder, &good("0.5")), (1, "weight: 10".to_owned()), "too many errors");
    assert_eq!(asked(), 8, "and as many to give up");
    assert_eq!(step(folder, ""), (1, "weight: 10".to_owned()), "no requests, no answer");
    assert_eq!(step(folder, &good("NaN")), (1, "weight: 10".to_owned()));
    assert_eq!(step(folder, &good("+Inf")), (1, "weight: 10".to_owned()));
    assert_eq!(step(folder, &good("0.0100001")), (1, "weight: 10".to_owned()), "99 % is the promise");
    assert_eq!(step(folder, &good("1e-3")), (0, "weight: 50".to_owned()));
    assert_eq!(step(folder, &good("0.01")), (0, "weight: 100".to_owned()), "at most is enough");
    assert_eq!(step(folder, &good("0")), (0, "weight: 100".to_owned()), "there is no step after the last");
    let asked = fs::read_to_string(folder.join("asked")).unwrap();
    assert!(asked.lines().all(|it| it.contains("destination_version=\"v2\"")), "{asked}");
    assert!(asked.contains("http://p:9090/api/v1/query"), "{asked}");
}

#[test]
fn a_folder_that_is_no_step_is_left_alone() {
    if !has_tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sandbox(folder);
    assert_eq!(step(folder, "").0, 0);
    fs::write(folder.join("repo/out/a/kustomization.yaml"), "mine\n").unwrap();
    assert_eq!(shell("cd repo && git commit -qam mine && git push -q", folder).0, 0);
    assert_eq!(step(folder, &good("0")), (1, "weight: 0".to_owned()));
    assert_eq!(fs::read_to_string(folder.join("repo/out/a/kustomization.yaml")).unwrap(), "mine\n");
}

#[test]
fn the_workflow_is_one_of_github() {
    let (_, _, whole) = planned(PROFILE, &request(Flow::Canary)).unwrap();
    let text = &whole.files.iter().find(|it| it.path == "workflows/next-step.yml").unwrap().text;
    let workflow = read_with_serde_yaml(text).unwrap();
    assert!(workflow["on"]["workflow_dispatch"].is_object(), "{text}");
    assert_eq!(workflow["permissions"]["contents"], "write");
    let job = &workflow["jobs"]["next-step"];
    assert_eq!(job["env"]["PROMETHEUS"], "http://prometheus.monitoring:9090");
    assert_eq!(job["env"]["INTERVAL"], "60");
    assert_eq!(job["steps"][0]["uses"], "actions/checkout@v4");
    let plain = planned("extends: canary-10\n", &request(Flow::Canary)).unwrap().2;
    assert!(!plain.files.iter().any(|it| it.path.starts_with("workflows/")));
}

#[test]
fn the_commands_of_the_page_are_right_wherever_the_plan_is() {
    if !has_tools() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan-page");
    let _ = fs::remove_dir_all(&folder);
    let (_, _, whole) = planned(PROFILE, &request(Flow::Canary)).unwrap();
    let here = folder.join("some where/deep/a");
    for file in &whole.files {
        let path = here.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
    let page = fs::read_to_string(here.join("README.md")).unwrap();
    let commands = page.split("```sh\n").nth(1).and_then(|it| it.split("```").next()).unwrap();
    let git = "git config user.name a && git config user.email a@example.com";
    let (code, said) =
        shell(&format!("cd .. && cd .. && git init -q && {git} && cd deep/a && set -e\n{commands}"), &here);
    assert_eq!(code, 0, "{said}");
    let same =
        shell("cd ../.. && git ls-files out | sed 's|^out/a/||' && diff -r deep/a/00-start out/a", &here);
    assert_eq!(same.0, 0, "{}", same.1);
    let mut start: Vec<&str> =
        whole.files.iter().filter_map(|it| it.path.strip_prefix("00-start/")).collect();
    start.sort_unstable();
    assert_eq!(same.1.lines().collect::<Vec<_>>(), start);
}
