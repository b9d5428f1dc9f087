//! Scripts that ask a cluster, run against a kubectl that answers well and badly.

use super::world::{Done, World};

/// A counting of the proxy of a client: so many requests by version.
fn counting(rows: &[(&str, u32)]) -> String {
    let row = |(version, count): &(&str, u32)| {
        format!(
            "istio_requests_total{{reporter=\"source\",source_workload=\"test-client\",destination_service=\"x\",\
             destination_service_name=\"hello\",destination_service_namespace=\"mesh-demo\",\
             destination_version=\"{version}\",response_code=\"200\"}} {count}\n"
        )
    };
    let noise = "# TYPE istio_requests_total counter\nistio_requests_total{reporter=\"source\",destination_service_name=\
                 \"other\",destination_version=\"v1\"} 7\nistio_request_bytes_sum{reporter=\"source\"} 9\n";
    noise.to_owned() + &rows.iter().map(row).collect::<String>()
}

/// The countings of `canary-10`: the route of testers, then the default.
fn counted(world: &World, v1: u32, v2: u32) {
    world.answer("stats.1", &counting(&[("v1", 5)]));
    world.answer("stats.2", &counting(&[("v1", 5), ("v2", 20)]));
    world.answer("stats.3", &counting(&[("v1", 5), ("v2", 20)]));
    world.answer("stats.4", &counting(&[("v1", 5 + v1), ("v2", 20 + v2)]));
}

fn ends(done: &Done, code: i32, words: &[&str]) {
    assert_eq!(done.code, code, "{}", done.said);
    for it in words {
        assert!(done.said.contains(it), "{it}\n{}", done.said);
    }
}

#[test]
fn a_split_may_be_off_by_four_standard_deviations() {
    let world = World::new("extends: canary-10\n");
    // 400 requests, one in ten: the deviation is 6, so that 16 to 64 are let pass.
    for (v2, code) in [(40, 0), (16, 0), (64, 0), (15, 1), (65, 1), (0, 1)] {
        counted(&world, 400 - v2, v2);
        let done = world.run("test-routing.sh", &["--pause", "0"]);
        assert_eq!(done.code, code, "{v2}: {}", done.said);
    }
    ends(
        &world.run("test-routing.sh", &["--pause", "0"]),
        1,
        &["v2 answered 0 of 400 times", "1 good, 1 failed"],
    );
    counted(&world, 360, 40);
    let done = world.run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 0, &["good  hello: route default", "v1 360, v2 40; status 200 400", "2 good, 0 failed"]);
    let asked: usize = done.verb("exec").iter().map(|it| it.matches("/dev/null").count()).sum();
    assert_eq!(asked, 420);
    assert!(done.verb("exec").iter().any(|it| it.contains("--header x-canary: true")));
}

#[test]
fn a_route_to_one_version_is_never_left() {
    let world = World::new("extends: canary-10\n");
    counted(&world, 360, 40);
    world.answer("stats.2", &counting(&[("v1", 6), ("v2", 19)]));
    let done = world.run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 1, &["v2 answered 19 of 20 times; v1 answered 1 times, and has no share"]);
}

#[test]
fn failures_are_no_answers() {
    let world = World::new("extends: canary-10\n");
    counted(&world, 360, 40);
    let done = world.answer("answers", "GET *hello* 503\n").run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 1, &["status 503 400 times"]);
    let done = world.answer("silent", "").run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 2, &["no answer from client test-client in namespace mesh-demo"]);
    let done = world.answer("exec.code", "1").run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 2, &["the proxy of client test-client in namespace mesh-demo cannot be asked"]);
    ends(&world.run("test-routing.sh", &["--requests", "3000"]), 2, &["a number from 1 to 2000"]);
}

#[test]
fn faults_and_redirects_are_known_by_their_status() {
    let world = World::new(
        "extends: hello\nexpect: null\nservices: { hello: { routes: {\n\
           a: { match: { path: /old }, redirect: { uri: /new, code: 308 } },\n\
           c: { match: { path: /half }, split: { v1: 100 }, fault: { abort: { httpStatus: 418, percent: 50 } } },\n\
           b: { match: { path: { regex: '/x.*' } }, split: { v1: 100 } } } } }\n",
    );
    let half = "istio_requests_total{reporter=\"source\",destination_service_name=\"hello\",\
                destination_service_namespace=\"mesh-demo\",destination_version=\"v1\"} 200\n\
                istio_requests_total{reporter=\"source\",destination_service_name=\"hello\",\
                destination_service_namespace=\"mesh-demo\",destination_version=\"unknown\"} 200\n";
    world.answer("stats.2", half).answer("answers", "GET */old 308\nGET */half 418\n");
    let done = world.run("test-routing.sh", &["--pause", "0"]);
    ends(&done, 1, &["good  hello: route a", "status 308 20", "418 answered 400 of 400 times", "1 left out"]);
    assert!(done.said.contains("a pattern, of which no example can be made"), "{}", done.said);
}

#[test]
fn a_gateway_is_asked_only_where_it_is() {
    let world = World::new("extends: gateway\nexpect: null\nclients: { test-client: null }\n");
    let done = world.run("test-routing.sh", &[]);
    ends(&done, 0, &["say --gateway ADDRESS to ask it", "the profile has no client that could ask"]);
    assert!(done.verb("exec").is_empty());
    world.write("bin/curl", "#!/bin/sh\nprintf 404\n");
    let program = world.path().join("bin/curl");
    std::fs::set_permissions(program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    ends(
        &world.run("test-routing.sh", &["--gateway", "127.0.0.1"]),
        1,
        &["FAIL  gateway: http://hello.example.com"],
    );
}

#[test]
fn what_is_allowed_is_let_in_and_all_else_refused() {
    let world = World::new("extends: authz-allow\n");
    world.answer("answers", "GET */meshgen-undeclared 403\nGET */admin 403\nPOST */ 403\n");
    let done = world.run("test-authz.sh", &["--writes"]);
    ends(
        &done,
        0,
        &["good  allow client-reads-hello: hello (test-client to hello)", "4 good, 0 failed, 1 left out"],
    );
    let done = world.run("test-authz.sh", &[]);
    ends(&done, 0, &["POST may change something: say --writes", "3 good, 0 failed, 2 left out"]);
    assert!(done.verb("exec").iter().all(|it| !it.contains("POST")));
    ends(
        &world.answer("answers", "").run("test-authz.sh", &[]),
        1,
        &["is answered with 200, not refused with 403"],
    );
    let done = world.answer("answers", "GET *hello* 403\n").run("test-authz.sh", &[]);
    ends(&done, 1, &["FAIL  allow client-reads-hello: hello", "is refused with 403"]);
    let done =
        world.answer("answers", "GET *meshgen* 403\nGET */admin 403\nGET */ 404\n").run("test-authz.sh", &[]);
    ends(&done, 0, &["is let in (404 is the application's answer)"]);
}

#[test]
fn rules_of_production_are_asked_as_far_as_its_client_can() {
    let world = World::new("extends: production\n");
    world.answer("answers", "GET */admin 403\nGET *undeclared 403\nGET *greetings* 503\n");
    let done = world.run("test-authz.sh", &[]);
    ends(
        &done,
        0,
        &[
            "good  deny nobody-administers: greetings",
            "hello is no client of the profile",
            "does not get through (503)",
        ],
    );
}

#[test]
fn who_has_nothing_to_ask_says_so() {
    for (profile, script, words) in [
        ("extends: hello\n", "test-authz.sh", "the profile has no rules"),
        (
            "extends: authz-allow\nclients: { test-client: null }\nauthz: { allow: { client-reads-hello: null } }\nexpect: null\n",
            "test-authz.sh",
            "the profile has no client to ask from",
        ),
        (
            "extends: hello\nmesh: { injection: none }\nmtls: null\nexpect: null\n",
            "test-mtls.sh",
            "nothing to test",
        ),
        (
            "extends: hello\nmesh: { injection: none }\nmtls: null\nexpect: null\n",
            "test-routing.sh",
            "nothing to test",
        ),
        ("extends: hello\n", "canary-step.sh", "there is nothing to move"),
    ] {
        let done = World::new(profile).run(script, &[]);
        ends(&done, 0, &[words]);
        assert_eq!(done.calls.len(), 1, "{done:?}");
    }
}

/// A counting of the proxies of a service, by the security of connections.
fn arrived(mutual: u32, plain: u32) -> String {
    let row = |security: &str, count: u32| {
        format!(
            "istio_requests_total{{reporter=\"destination\",destination_service_name=\"hello\",\
             destination_service_namespace=\"mesh-demo\",connection_security_policy=\"{security}\"}} {count}\n"
        )
    };
    row("mutual_tls", mutual) + &row("none", plain)
}

#[test]
fn requests_without_mutual_tls_are_seen_where_there_must_be_none() {
    let world = World::new("extends: mtls-strict\n");
    world.answer("stats.1", &arrived(3, 4)).answer("stats.2", &arrived(9, 4));
    let done = world.run("test-mtls.sh", &["--seconds", "0"]);
    ends(
        &done,
        0,
        &["good  requests to hello", "mutual_tls 6", "spiffe://cluster.local/ns/mesh-demo/sa/hello"],
    );
    assert!(done.said.contains("connection_security_policy!=\"mutual_tls\"") && done.changes().is_empty());
    world.answer("stats.2", &arrived(9, 5));
    ends(&world.run("test-mtls.sh", &["--seconds", "0"]), 1, &["FAIL  requests to hello", "none 1"]);
    let world = World::new("extends: mtls-permissive\n");
    world.answer("stats.1", &arrived(3, 4)).answer("stats.2", &arrived(9, 5));
    ends(&world.run("test-mtls.sh", &["--seconds", "0"]), 0, &["good  requests to hello"]);
    ends(&world.answer("exec.code", "1").run("test-mtls.sh", &["--seconds", "0"]), 2, &["cannot be asked"]);
}

#[test]
fn a_pod_without_a_proxy_is_started_only_when_asked_and_goes_again() {
    let ask: &[&str] = &["--seconds", "0", "--plaintext-from", "plain"];
    // curl's words: 28 no answer, 35 and 55 and 56 reset, 52 closed, 7 nobody there.
    let refused = ["28", "35", "52", "55", "56"];
    let strict = refused.map(|it| ("mtls-strict", it, true));
    let open = refused.map(|it| ("mtls-permissive", it, false));
    let others = [
        ("mtls-strict", "0", false),
        ("mtls-permissive", "0", true),
        ("mtls-strict", "7", false),
        ("mtls-permissive", "7", false),
    ];
    for (profile, code, good) in strict.into_iter().chain(open).chain(others) {
        let world = World::new(&format!("extends: {profile}\n"));
        let done = world.answer("plaintext.code", code).run("test-mtls.sh", ask);
        ends(&done, i32::from(!good), &["plaintext to hello"]);
        assert_eq!(done.verb("run").len(), 1);
        assert!(done.verb("run")[0].contains("--namespace plain --image curlimages/curl:8.16.0"));
        assert!(done.calls.last().unwrap().join(" ").starts_with("delete pod meshgen-plaintext-"));
    }
    let world = World::new("extends: mtls-strict\n");
    let done = world.answer("labels", "enabled").run("test-mtls.sh", ask);
    ends(&done, 2, &["namespace plain injects proxies"]);
    assert!(done.changes().is_empty());
}
