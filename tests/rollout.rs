//! Releases by engines: what is in the bundle, what must not be, and that every policy finds the pods that Flagger makes.

use meshgen::builtin;
use meshgen::diag::{Diagnostics, human};
use meshgen::mesh::Mesh;
use meshgen::resolve::{Resolver, Wish};
use meshgen::source::SourceMap;
use serde_json::{Map, Value};

use crate::shipped::Builtins;

/// All that selects pods, in one profile.
const EVERYTHING: &str = "
extends: hello
networkPolicy: true
egress: registry-only
services:
  hello:
    versions: { v1: { files: { /etc/app/a: x } } }
    mtls: { mode: strict, ports: { http: permissive } }
  shop: { ports: { http: { number: 80, target: 9090 } }, versions: { v1: { image: 'example/shop:1' } } }
  db: { ports: { sql: { number: 5432, protocol: tcp } }, versions: { v1: { image: 'example/db:1' } } }
callers: { tester: { namespace: tools, serviceAccount: tester } }
gateway: { http: 80, hosts: { hello.example.com: hello } }
jwt: { users: { issuer: 'https://login.example.com', to: [hello, shop] } }
authz:
  default: deny
  allow:
    reads: { from: [test-client, tester, hello], to: [hello, shop, db] }
    shops: { from: shop, to: hello }
  deny: { never: { to: [hello, shop], paths: /admin } }
telemetry: { accessLog: { providers: envoy } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' }, podMonitor: true, rules: true, dashboard: true, breakerStats: true }
rollout: { engine: flagger, checks: { successRate: 99, p99: 500ms }, loadTester: 'http://loadtester.tools' }
expect: { answers: null }
";

/// A profile compiled, or what is said against it.
fn compile(text: &str) -> Result<Mesh, String> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("profile.yaml", text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Builtins, &mut files, &mut diags);
    let compiled = profile.and_then(|it| meshgen::compile("profile".into(), it, &mut diags));
    compiled.map(|(_, mesh)| mesh).map_err(|_| human::render(&diags.sorted(), &files, false))
}

fn documents(text: &str) -> Vec<Value> {
    let mesh = compile(text).unwrap();
    mesh.manifests().iter().map(|it| serde_json::to_value(it).unwrap()).collect()
}

fn find<'d>(all: &'d [Value], kind: &str, name: &str) -> &'d Value {
    let found = all.iter().find(|it| it["kind"] == kind && it["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name}"))
}

/// Every mapping of labels that chooses pods, with the path to it.
fn selectors(value: &Value, path: &str, out: &mut Vec<(String, Map<String, Value>)>) {
    match value {
        Value::Object(map) => {
            for (key, below) in map {
                let path = format!("{path}.{key}");
                let chooses = matches!(key.as_str(), "matchLabels" | "sourceLabels" | "labels" | "selector");
                let plain = below.as_object().filter(|it| it.values().all(Value::is_string));
                match plain.filter(|_| chooses && !path.ends_with("metadata.labels")) {
                    Some(labels) => out.push((path, labels.clone())),
                    None => selectors(below, &path, out),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|it| selectors(it, path, out)),
        _ => {}
    }
}

fn fits(selector: &Map<String, Value>, labels: &Map<String, Value>) -> bool {
    selector.iter().all(|(key, value)| labels.get(key) == Some(value))
}

#[test]
fn whatever_chooses_the_pods_of_a_service_chooses_those_that_flagger_copies() {
    let all = documents(EVERYTHING);
    let mut seen = 0;
    for name in ["hello", "shop"] {
        let deployment = find(&all, "Deployment", name);
        let labels = deployment["spec"]["template"]["metadata"]["labels"].as_object().unwrap();
        let mut copied = labels.clone();
        copied.insert("app".to_owned(), format!("{name}-primary").into());
        for document in &all {
            // The Deployment's own selector and its wishes for nodes are those that Flagger rewrites in the copy.
            if document["kind"] == "Deployment" {
                continue;
            }
            let mut found = Vec::new();
            selectors(&document["spec"], "spec", &mut found);
            for (path, selector) in found.iter().filter(|(_, it)| fits(it, labels)) {
                seen += 1;
                assert!(fits(selector, &copied), "{} {path} {selector:?}", document["kind"]);
            }
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn flaggers_own_objects_are_not_in_the_bundle() {
    let all = documents(EVERYTHING);
    for kind in ["Service", "VirtualService", "DestinationRule"] {
        let names: Vec<_> =
            all.iter().filter(|it| it["kind"] == kind).map(|it| &it["metadata"]["name"]).collect();
        assert_eq!(names, ["db"], "{kind}: a service without requests is not released");
    }
    assert!(all.iter().all(|it| {
        let name = it["metadata"]["name"].as_str().unwrap();
        !name.ends_with("-primary") && !name.ends_with("-canary")
    }));
}

#[test]
fn a_deployment_under_flagger_has_one_label_to_select_and_no_number_of_pods() {
    let all = documents(EVERYTHING);
    let spec = &find(&all, "Deployment", "hello")["spec"];
    assert_eq!(spec["selector"]["matchLabels"], serde_json::json!({ "app": "hello" }));
    assert!(spec.get("replicas").is_none());
    let before_end = |it: &Value| {
        let hook = &it["spec"]["template"]["spec"]["containers"][0]["lifecycle"]["preStop"];
        hook.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(before_end(find(&all, "Deployment", "hello")), ["exec"], "Flagger would drop a `sleep`");
    assert_eq!(before_end(find(&all, "Deployment", "db-v1")), ["sleep"]);
    let scaler = &find(&all, "HorizontalPodAutoscaler", "hello")["spec"];
    assert_eq!((&scaler["minReplicas"], &scaler["maxReplicas"]), (&2.into(), &2.into()));
    let canary = &find(&all, "Canary", "hello")["spec"];
    assert_eq!(canary["autoscalerRef"]["name"], "hello");
    assert_eq!(canary["service"]["gateways"], serde_json::json!(["mesh-demo/mesh-demo", "mesh"]));
    assert_eq!(canary["service"]["hosts"], serde_json::json!(["hello.example.com"]));
    assert!(canary["service"].get("trafficPolicy").is_none_or(|it| it.get("tls").is_none()));
}

#[test]
fn every_question_of_a_canary_has_its_template() {
    let all = documents(EVERYTHING);
    for canary in all.iter().filter(|it| it["kind"] == "Canary") {
        let analysis = &canary["spec"]["analysis"];
        assert_eq!(analysis["stepWeights"], serde_json::json!([10, 50, 100]));
        for metric in analysis["metrics"].as_array().unwrap() {
            let template = find(&all, "MetricTemplate", metric["templateRef"]["name"].as_str().unwrap());
            let query = template["spec"]["query"].as_str().unwrap();
            assert!(query.contains("destination_workload=\"{{ target }}\""), "{query}");
            assert!(query.contains("[{{ interval }}]"), "{query}");
        }
    }
}

#[test]
fn argo_rollouts_moves_every_route_that_has_weights_and_no_other() {
    let text = "
extends: hello
services:
  hello:
    ports: { admin: { number: 81, target: 8081 }, raw: { number: 82, protocol: tcp } }
    routes:
      old: { match: { path: /old }, redirect: { uri: /new } }
      api: { match: { path: { prefix: /api } }, timeout: 2s, retries: { attempts: 3, backoff: 50ms } }
      default: { mirror: { service: shadow } }
    circuitBreaker: { connectionPool: { maxConnections: 10 } }
  shadow: { ports: { http: { number: 80 } }, versions: { v1: { image: 'example/shadow:1' } } }
gateway: { http: 80, hosts: { '*.example.com': hello, admin.example.com: { service: hello, port: admin } } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: argo-rollouts, services: hello, steps: [25, 100], checks: { successRate: 99.5 } }
delivery: { tool: flux }
expect: { answers: null }
";
    let all = documents(text);
    let istio = &find(&all, "Rollout", "hello")["spec"]["strategy"]["canary"]["trafficRouting"]["istio"];
    let steered = istio["virtualServices"].as_array().unwrap();
    assert_eq!(steered.len(), 3, "the sidecars', and one for each port that the gateway exposes");
    for it in steered {
        let name = it["name"].as_str().unwrap();
        assert!(!name.contains('.'), "{name}: what follows a dot is a namespace");
        let service = find(&all, "VirtualService", name);
        assert_eq!(service["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/ssa"], "IfNotPresent");
        for route in service["spec"]["http"].as_array().unwrap() {
            let listed = it["routes"].as_array().unwrap().contains(&route["name"]);
            assert_eq!(listed, route.get("route").is_some(), "{name} {}", route["name"]);
            assert!(!listed || route.get("redirect").is_none(), "{name}");
            let shares: Vec<_> = route["route"].as_array().into_iter().flatten().collect();
            let told: Vec<_> =
                shares.iter().map(|it| (&it["destination"]["subset"], &it["weight"])).collect();
            assert!(!listed || told == [(&"stable".into(), &100.into()), (&"canary".into(), &0.into())]);
        }
    }
    assert_eq!(steered[0]["tcpRoutes"], serde_json::json!([{ "port": 82 }]));
    let rule = find(&all, "DestinationRule", "hello");
    assert_eq!(rule["spec"]["trafficPolicy"]["connectionPool"]["tcp"]["maxConnections"], 10);
    assert_eq!(rule["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/ssa"], "IfNotPresent");
    let shadow = find(&all, "VirtualService", "shadow");
    assert!(shadow["metadata"].get("annotations").is_none(), "nobody else writes it");
    assert!(all.iter().all(|it| it["kind"] != "Deployment" || it["metadata"]["name"] != "hello"));
}

#[test]
fn questions_of_argo_rollouts_know_the_new_pods_and_bear_to_have_no_answer() {
    let text = builtin::find("argo-rollouts").unwrap().text;
    let all = documents(text);
    let template = find(&all, "AnalysisTemplate", "hello-checks");
    for metric in template["spec"]["metrics"].as_array().unwrap() {
        let query = metric["provider"]["prometheus"]["query"].as_str().unwrap();
        assert!(query.contains("pod=~\"hello-{{args.canary-hash}}-.*\""), "{query}");
        for condition in ["successCondition", "failureCondition"] {
            let text = metric[condition].as_str().unwrap();
            assert!(text.starts_with("len(result) > 0 && !isNaN(result[0]) && "), "{text}");
        }
    }
    let steps = find(&all, "Rollout", "hello")["spec"]["strategy"]["canary"]["steps"].as_array().unwrap();
    let words: Vec<_> = steps.iter().flat_map(|it| it.as_object().unwrap().keys()).collect();
    assert_eq!(words, ["setWeight", "analysis"].repeat(3));
}

#[test]
fn an_autoscaled_rollout_has_no_number_of_pods_of_its_own() {
    let text = "extends: argo-rollouts\nservices: { hello: { versions: { v1: { autoscaling: { max: 5, cpu: 60 } } } } }";
    let all = documents(text);
    assert!(find(&all, "Rollout", "hello")["spec"].get("replicas").is_none());
    let target = &find(&all, "HorizontalPodAutoscaler", "hello")["spec"]["scaleTargetRef"];
    assert_eq!(target["kind"], "Rollout");
}

#[test]
fn git_moves_weights_by_commits_and_changes_no_object() {
    let plain = documents(builtin::find("canary-10").unwrap().text);
    let git = documents("extends: canary-10\nrollout: { engine: git, checks: { successRate: 99 } }");
    assert_eq!(plain, git);
}

#[test]
fn a_step_beyond_everything_is_told_with_its_place() {
    let text = "extends: flagger\nrollout:\n  steps: [10, 5, 200]\n";
    let told = compile(text).unwrap_err();
    assert!(told.contains("profile.yaml:3:15") && told.contains("does not go up"), "{told}");
    assert!(told.contains("profile.yaml:3:18") && told.contains("more than all requests"), "{told}");
}
