//! Every question that we put to Prometheus parses, and names only metrics and labels of the one table.

mod exprs;
mod judge;
mod lab;

use meshgen::kube::Manifest;
use meshgen::metrics::{Label, Match, REQUESTS, literal};
use meshgen::yaml;
use proptest::prelude::*;
use serde_json::Value;

use crate::builtin::{compiled, manifests};
use crate::shipped;

/// Whatever makes questions, all at once.
pub const EVERYTHING: &str = "
namespace: demo
telemetry: { accessLog: { providers: envoy }, auditLog: { providers: audit } }
services:
  hello:
    ports: { http: { number: 80, target: 8080 } }
    versions: { v1: { image: example/hello:1 }, v2: { image: example/hello:2 } }
    routes: { default: { split: { v1: 50, v2: 50 } } }
    circuitBreaker:
      connectionPool: { maxConnections: 10, http1MaxPendingRequests: 5 }
      outlierDetection: { consecutive5xxErrors: 3 }
  voice: { ports: { grpc: { number: 90, protocol: grpc } }, versions: { v1: { image: example/voice:1 } } }
  store: { namespace: back, ports: { db: { number: 6379, protocol: tcp } }, versions: { v1: { image: example/store:1 } } }
clients: { curl: { image: example/curl:1, namespace: other } }
observability:
  prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' }
  labels: { release: monitoring }
  podMonitor: true
  dashboard: true
  breakerStats: true
  rules: true
  slo: { availability: 99.9, p99: 500ms }
  logs: { level: info, format: json, labels: { example.org/logs: json } }
";

/// What is wrong with the questions of a bundle.
fn complaints(manifests: &[Manifest]) -> Vec<String> {
    let documents: Vec<Value> =
        manifests.iter().map(|it| serde_yaml::from_str(&yaml::print(it)).unwrap()).collect();
    let recorded = exprs::recorded(&documents);
    exprs::of_bundle(&documents).iter().flat_map(|it| judge::complaints(it, &recorded)).collect()
}

#[test]
fn shipped_questions_name_only_what_the_table_has() {
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        assert_eq!(complaints(mesh.manifests()), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn all_questions_together_name_only_what_the_table_has() {
    let all = manifests(EVERYTHING);
    assert_eq!(complaints(&all), Vec::<String>::new());
    let documents: Vec<Value> =
        all.iter().map(|it| serde_yaml::from_str(&yaml::print(it)).unwrap()).collect();
    assert!(exprs::of_bundle(&documents).len() > 30);
}

#[test]
fn the_judge_sees_what_is_wrong() {
    let wrong = |text: &str| judge::complaints(text, &[]);
    assert!(wrong("sum by (pod) (rate(istio_requests_total{reporter=\"source\"}[5m]))").is_empty());
    for text in [
        "sum(",
        "no_such_metric",
        "istio_requests_total{colour=\"red\"}",
        "sum by (colour) (up)",
        "{pod=\"a\"}",
    ] {
        assert_eq!(wrong(text).len(), 1, "{text}");
    }
}

/// The dashboard of a bundle.
fn dashboard(manifests: &[Manifest]) -> Value {
    let documents = manifests.iter().map(|it| serde_yaml::from_str::<Value>(&yaml::print(it)).unwrap());
    let mut found = documents.filter(|it| it["metadata"]["labels"]["grafana_dashboard"] == "1");
    let found = found.next().unwrap();
    serde_json::from_str(found["data"].as_object().unwrap().values().next().unwrap().as_str().unwrap())
        .unwrap()
}

#[test]
fn no_two_panels_share_a_place_or_a_number() {
    let model = dashboard(&manifests(EVERYTHING));
    let panels = model["panels"].as_array().unwrap();
    let mut taken = std::collections::BTreeMap::new();
    let mut ids = std::collections::BTreeSet::new();
    for panel in panels {
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{panel}");
        let at = |key: &str| panel["gridPos"][key].as_u64().unwrap();
        assert!(at("w") > 0 && at("h") > 0 && at("x") + at("w") <= 24, "{panel}");
        for cell in
            (at("x")..at("x") + at("w")).flat_map(|x| (at("y")..at("y") + at("h")).map(move |y| (x, y)))
        {
            let other = taken.insert(cell, &panel["title"]);
            assert!(other.is_none(), "{} stands on {other:?}", panel["title"]);
        }
    }
}

#[test]
fn every_panel_says_what_it_shows() {
    for panel in dashboard(&manifests(EVERYTHING))["panels"].as_array().unwrap() {
        assert!(!panel["title"].as_str().unwrap().is_empty());
        if panel["type"] == "row" {
            continue;
        }
        assert!(["timeseries", "stat", "table"].contains(&panel["type"].as_str().unwrap()), "{panel}");
        assert!(panel["fieldConfig"]["defaults"]["unit"].is_string(), "{panel}");
        let targets = panel["targets"].as_array().unwrap();
        let letters: Vec<&str> = targets.iter().map(|it| it["refId"].as_str().unwrap()).collect();
        assert_eq!(letters, ["A", "B", "C", "D"][..targets.len()], "{panel}");
    }
}

#[test]
fn no_name_of_a_scenario_breaks_out_of_its_dashboard() {
    let plain = dashboard(&manifests(EVERYTHING));
    for name in
        ["a\"b", "a\\", "{{x}}", "${service}", "a\nb: c", "'", "\u{1}", "]}", "%s", "ünï", "{\"a\": 1}"]
    {
        let model = dashboard(&compiled(name, EVERYTHING));
        assert_eq!(model["title"], format!("{name} in demo"));
        assert_eq!(model["panels"], plain["panels"], "{name:?}");
    }
}

proptest! {
    #[test]
    fn no_value_breaks_out_of_a_question(value in any::<String>(), name in "[ -~\n]{0,20}") {
        for text in [&value, &name] {
            let question = REQUESTS.select(&[Match::Is(Label::Pod, text)]);
            prop_assert_eq!(judge::values(&question), [text.clone()]);
            let question = REQUESTS.select(&[Match::Like(Label::Pod, &literal(text))]);
            prop_assert_eq!(judge::values(&question), [literal(text)]);
        }
    }
}
