//! Scripts that change a cluster, run against a kubectl that answers well and badly.

use super::world::{Done, World};

const SCRIPTS: [&str; 8] = [
    "canary-step.sh",
    "cleanup.sh",
    "deploy.sh",
    "load.sh",
    "rollback.sh",
    "test-authz.sh",
    "test-mtls.sh",
    "test-routing.sh",
];

const LOAD: &str = "extends: hello\nload: { peak: { to: hello, from: test-client } }\n";
const FLAGGER: &str = "extends: flagger\n";
const ARGO: &str = "extends: argo-rollouts\n";

fn ends(done: &Done, code: i32, words: &[&str]) {
    assert_eq!(done.code, code, "{}", done.said);
    for it in words {
        assert!(done.said.contains(it), "{it}\n{}", done.said);
    }
}

#[test]
fn every_script_explains_itself_without_a_cluster() {
    let world = World::new("extends: canary-10\n");
    for script in SCRIPTS {
        let done = world.bare(script, &["--help"]);
        ends(&done, 0, &["Usage: bash ", "--context NAME", "--dry-run", "Exit codes: 0"]);
        assert!(done.calls.is_empty());
        ends(&world.bare(script, &["--nonsense"]), 2, &["unknown option --nonsense"]);
        ends(&world.bare(script, &["--context"]), 2, &["--context needs a value"]);
    }
}

#[test]
fn no_script_does_anything_in_a_cluster_that_was_not_named() {
    for profile in ["extends: production\n", LOAD, ARGO] {
        let world = World::new(profile);
        for script in SCRIPTS {
            let only_asks = |done: &Done| done.calls == [["config", "current-context"]];
            let done = world.bare(script, &[]);
            ends(
                &done,
                2,
                &["name the cluster by --context or MESHGEN_CONTEXT; the current context is \"lab\""],
            );
            assert!(only_asks(&done), "{done:?}");
            let done = world.bare(script, &["--context=prod"]);
            ends(&done, 2, &["the current context is \"lab\", not \"prod\": nothing was done"]);
            assert!(only_asks(&done), "{done:?}");
        }
    }
}

#[test]
fn a_dry_run_changes_nothing() {
    let modes: [(&str, &[&str]); 13] = [
        ("deploy.sh", &[]),
        ("cleanup.sh", &["--yes", "--delete-namespaces"]),
        ("canary-step.sh", &["--step", "configs/traffic"]),
        ("canary-step.sh", &["--live", "--weight", "20"]),
        ("rollback.sh", &["--to", "configs/traffic"]),
        ("rollback.sh", &["--live"]),
        ("rollback.sh", &["--abort"]),
        ("rollback.sh", &["--undo"]),
        ("load.sh", &[]),
        ("test-authz.sh", &["--writes"]),
        ("test-mtls.sh", &["--plaintext-from", "other", "--prometheus", "http://nowhere.invalid"]),
        ("test-routing.sh", &["--writes"]),
        ("test-routing.sh", &["--gateway", "127.0.0.1"]),
    ];
    for profile in ["extends: canary-10\n", "extends: production\n", LOAD, ARGO, FLAGGER] {
        let world = World::new(profile);
        for (script, args) in modes {
            let done = world.run(script, &[args, &["--dry-run"]].concat());
            assert_eq!(done.changes(), Vec::<String>::new(), "{script} {args:?}");
            assert!(done.verb("exec").is_empty(), "{script} asks nobody");
        }
    }
    let world = World::new("extends: canary-10\n");
    let done = world.run("canary-step.sh", &["--live", "--weight", "20", "--dry-run"]);
    ends(
        &done,
        0,
        &["would run: kubectl patch virtualservices.networking.istio.io/hello", "nothing was changed"],
    );
}

#[test]
fn deploy_applies_wave_by_wave_and_waits() {
    let world = World::new("extends: production\n");
    let done = world.run("deploy.sh", &[]);
    ends(&done, 0, &["wave -3: 2 Namespace", "good  deployment hello-v1", "5 good, 0 failed"]);
    let order: Vec<&str> =
        done.calls.iter().map(|it| it[0].as_str()).filter(|it| *it != "api-resources").collect();
    let expected =
        ["config", "apply", "apply", "apply", "apply", "rollout", "rollout", "rollout", "rollout", "rollout"];
    assert_eq!(order, [&expected[..], &["apply", "apply"]].concat());
    let applied = done.verb("apply");
    assert!(
        applied.iter().all(|it| it.starts_with("apply --server-side --field-manager=meshgen --filename /"))
    );
    let files: usize = applied.iter().map(|it| it.matches("--filename").count()).sum();
    assert!(done.said.contains(&format!("applied {files} of {files} objects")), "{}", done.said);
}

#[test]
fn deploy_gives_no_routes_to_pods_that_are_not_up() {
    let world = World::new("extends: canary-10\n");
    let done = world.answer("wait.code", "1").run("deploy.sh", &["--timeout", "1s"]);
    ends(
        &done,
        1,
        &["FAIL  deployment hello-v1", "is not up after 1s", "not applied, because something before"],
    );
    assert!(done.verb("apply").iter().all(|it| !it.contains("virtual-service")));
}

#[test]
fn deploy_stops_at_a_refusal_and_before_a_cluster_without_a_mesh() {
    let world = World::new("extends: canary-10\n");
    let done = world.answer("change.code", "1").run("deploy.sh", &[]);
    ends(&done, 2, &["error: wave -3 was not applied"]);
    assert_eq!(done.verb("apply").len(), 1);
    let done = world.answer("resources", "").run("deploy.sh", &[]);
    ends(&done, 2, &["the cluster does not know networking.istio.io"]);
    assert!(done.changes().is_empty());
    let done = world.run("deploy.sh", &["--manifests", "elsewhere"]);
    ends(&done, 2, &["elsewhere/manifests/base/namespace-mesh-demo.yaml is missing"]);
}

#[test]
fn deploy_leaves_to_argo_rollouts_what_it_has_written() {
    let world = World::new(ARGO);
    let conflict = |who: &str| {
        format!("error: Apply failed with 1 conflict: conflict with \"{who}\" using x: .spec.http\n")
    };
    world.answer("change.code", "1").answer("refusal", &conflict("rollouts-controller"));
    ends(
        &world.run("deploy.sh", &[]),
        0,
        &["1 of its objects left as Argo Rollouts has it", "good  rollout hello"],
    );
    world.answer("refusal", &conflict("somebody"));
    ends(&world.run("deploy.sh", &[]), 2, &["conflict with \"somebody\"", "error: wave -3 was not applied"]);
}

#[test]
fn a_dry_run_of_deploy_shows_what_differs() {
    let world = World::new("extends: canary-10\n");
    let done = world.run("deploy.sh", &["--dry-run"]);
    ends(&done, 0, &["wave 1: 1 VirtualService", "nothing was changed"]);
    assert_eq!(done.verb("diff").len(), 5);
    let done = world.answer("namespace.code", "1").run("deploy.sh", &["--dry-run"]);
    ends(&done, 0, &["all of it is new"]);
    assert!(done.verb("diff").is_empty());
}

#[test]
fn cleanup_lists_until_it_is_told_yes() {
    let world = World::new("extends: production\n");
    let done = world.run("cleanup.sh", &[]);
    ends(
        &done,
        2,
        &[
            "virtualservice.v1.networking.istio.io/hello in namespace mesh-demo",
            "nothing was deleted: say --yes",
        ],
    );
    assert!(done.changes().is_empty());
    let done = world.run("cleanup.sh", &["--yes"]);
    ends(&done, 0, &["kept: namespace mesh-demo, namespace mesh-backend", "all of it is gone"]);
    let deleted = done.verb("delete");
    assert!(deleted[0].contains("telemetry") && !deleted.iter().any(|it| it.starts_with("delete namespace")));
    let done = world.run("cleanup.sh", &["--yes", "--delete-namespaces"]);
    assert_eq!(
        done.verb("delete").last().unwrap(),
        "delete namespace mesh-backend --ignore-not-found --timeout=120s"
    );
    let done = world.answer("change.code", "1").run("cleanup.sh", &["--yes"]);
    ends(&done, 2, &["of the deletions failed"]);
}

#[test]
fn a_step_shows_the_weights_and_what_to_ask() {
    let world = World::new("extends: canary-10\n");
    let done = world.run("canary-step.sh", &[]);
    ends(&done, 0, &["hello: route default", "v1 90, v2 10", "sum(rate(istio_requests_total{"]);
    assert!(done.changes().is_empty());
    let weights = "{.spec.http[1].route[0].weight} {.spec.http[1].route[1].weight}";
    let asks = |it: &Vec<String>| it.join(" ").contains(weights);
    assert!(done.calls.iter().any(asks), "{:?}", done.calls);
    let done = world.run("canary-step.sh", &["--live", "--weight", "25"]);
    ends(&done, 0, &["before the next step"]);
    let patch = &done.calls.iter().find(|it| it[0] == "patch").unwrap()[6];
    let patch: serde_json::Value = serde_json::from_str(patch).unwrap();
    let ops: Vec<String> = patch
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["op"], it["path"], it["value"]))
        .collect();
    assert_eq!(
        ops[..3],
        [
            r#""test" "/spec/http/1/route/0/destination/subset" "v1""#,
            r#""test" "/spec/http/1/route/1/destination/subset" "v2""#,
            r#""test" "/spec/http/1/name" "default""#,
        ]
    );
    assert_eq!(
        ops[3..],
        [r#""replace" "/spec/http/1/route/0/weight" 75"#, r#""replace" "/spec/http/1/route/1/weight" 25"#]
    );
    for weight in ["101", "ten", ""] {
        assert_eq!(world.run("canary-step.sh", &["--live", "--weight", weight]).code, 2);
    }
    let done = world.answer("change.code", "1").run("canary-step.sh", &["--live", "--weight", "25"]);
    ends(&done, 2, &["hello was not changed: it is not what the profile made"]);
}

#[test]
fn a_step_of_a_plan_is_applied_and_waited_for() {
    let world = World::new("extends: canary-10\n");
    world.write("plan/02/kustomization.yaml", "resources: []\n");
    for (script, option) in [("canary-step.sh", "--step"), ("rollback.sh", "--to")] {
        let done = world.run(script, &[option, "plan/02"]);
        ends(&done, 0, &["what plan/02 changes:", "hello-v1"]);
        assert_eq!(
            done.verb("apply"),
            ["apply --server-side --field-manager=meshgen --force-conflicts --kustomize plan/02"]
        );
        assert_eq!(done.verb("rollout").len(), 1);
        ends(&world.run(script, &[option, "plan/03"]), 2, &["plan/03 is no step"]);
    }
    world.answer("wait.code", "1");
    ends(&world.run("canary-step.sh", &["--step", "plan/02"]), 1, &["is not up after 300s"]);
    ends(&world.run("rollback.sh", &["--to", "plan/02"]), 1, &["is not up after 300s"]);
}

#[test]
fn weights_of_an_engine_are_left_to_it() {
    for (profile, command) in [
        (ARGO, "kubectl argo rollouts promote hello --namespace mesh-demo"),
        (FLAGGER, "kubectl --namespace mesh-demo get canaries.flagger.app/hello --watch"),
    ] {
        let world = World::new(profile);
        for args in [&["--live", "--weight", "20"][..], &["--step", "."]] {
            let done = world.run("canary-step.sh", args);
            ends(&done, 2, &[command, "these weights belong to an engine"]);
            assert!(done.changes().is_empty());
        }
        assert_eq!(world.run("rollback.sh", &["--live"]).code, 2);
    }
}

#[test]
fn going_back_fits_who_moves_the_weights() {
    let world = World::new("extends: green\n");
    let done = world.run("rollback.sh", &[]);
    ends(&done, 0, &["git revert COMMIT", "--live gives the first version"]);
    assert!(done.changes().is_empty());
    let done = world.run("rollback.sh", &["--live"]);
    ends(&done, 0, &["was   hello: route default"]);
    assert!(done.verb("patch")[0].contains(r#"/spec/http/1/route/0/weight","value":100"#));
    let world = World::new(FLAGGER);
    ends(
        &world.run("rollback.sh", &[]),
        0,
        &["Flagger takes hello back by itself", "rollout undo deployment/hello"],
    );
    let world = World::new(ARGO);
    let done = world.run("rollback.sh", &["--abort"]);
    ends(&done, 0, &["revert the commit, too"]);
    assert!(
        done.verb("patch")[0]
            .contains("rollouts.argoproj.io/hello --namespace mesh-demo --subresource=status")
    );
    ends(&world.run("rollback.sh", &["--undo"]), 0, &[]);
    ends(&world.answer("plugin.code", "1").run("rollback.sh", &["--undo"]), 2, &["this needs the plugin"]);
}

#[test]
fn a_load_becomes_a_job_that_is_waited_for() {
    let world = World::new(LOAD);
    let done = world.run("load.sh", &[]);
    ends(&done, 0, &["load peak on hello, 60 seconds", "what the load says", "done; to remove it"]);
    assert!(done.verb("create")[0].starts_with("create job load-peak-"));
    assert!(done.verb("create")[0].ends_with("--namespace mesh-demo --from=cronjob/load-peak"));
    ends(&world.run("load.sh", &["--load", "other"]), 2, &["the profile has no load other"]);
    ends(&world.answer("wait.code", "1").run("load.sh", &[]), 1, &["did not end well"]);
}

#[test]
fn without_a_load_a_client_sends_what_it_can() {
    let world = World::new("extends: hello\n");
    world.answer("answers", "GET *hello* 503\n");
    ends(
        &world.run("load.sh", &["--requests", "60"]),
        0,
        &["60 requests from test-client to hello", "status 503: 60"],
    );
    ends(&World::new("extends: authz-deny-all\n").run("load.sh", &[]), 0, &["nothing to do"]);
}
