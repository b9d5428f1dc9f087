//! The panels about breakers answer what was seen when real Envoys refused and put out.

use std::process::Command;

use serde_json::{Value, json};

use crate::builtin::manifests;
use crate::panels::{EVERYTHING, dashboard};

/// What the proxy of a caller told, sample by sample.
const RUN: &str = include_str!("../fixtures/breakers.yaml");
const SUBSET: &str = "{cluster_name=\"outbound|80|v1|hello.mesh-demo.svc.cluster.local\"}";
const WHOLE: &str = "{cluster_name=\"outbound|80||hello.mesh-demo.svc.cluster.local\"}";

/// A panel, the letter of its question, a second of the run, and the answer for the subset that was called. Rates are
/// asked between two samples: Prometheus 2 and 3 disagree on whether one at the edge of a window counts.
const ANSWERS: &[(&str, &str, u32, &str)] = &[
    // Ten callers at once, one connection, one that may wait: most are refused.
    ("Requests refused (UO)", "A", 12, "0"),
    ("Requests refused (UO)", "A", 32, "25.3"),
    ("Connections that were not opened", "A", 32, "4.6"),
    ("Limits that are reached", "A", 12, "0"),
    ("Limits that are reached", "A", 25, "1"),
    ("Limits that are reached", "B", 25, "0"),
    ("Limits that are reached", "C", 25, "1"),
    ("Endpoints put out now", "A", 40, "0"),
    // One pod fails three times and is put out for half a minute.
    ("Endpoints put out now", "A", 45, "1"),
    ("Endpoints put out now", "A", 75, "1"),
    ("Endpoints put out now", "A", 80, "0"),
];

/// What a panel asks, with `hello` chosen.
fn question(model: &Value, title: &str, letter: &str) -> String {
    let panel = model["panels"].as_array().unwrap().iter().find(|it| it["title"] == title).unwrap();
    let target = panel["targets"].as_array().unwrap().iter().find(|it| it["refId"] == letter).unwrap();
    let text = target["expr"].as_str().unwrap().replace("$__rate_interval", "15s");
    text.replace("${service:pipe}", "hello.mesh-demo.svc.cluster.local")
}

/// A test as promtool reads it. Rates are rounded: where the samples lie in a window is not what it is about.
fn unit_test(run: &Value, model: &Value) -> Value {
    let test = |(title, letter, second, answer): &(&str, &str, u32, &str)| {
        let expr = format!("round({}, 0.01)", question(model, title, letter));
        let answer: f64 = answer.parse().unwrap();
        let samples = [json!({ "labels": SUBSET, "value": answer }), json!({ "labels": WHOLE, "value": 0 })];
        json!({ "expr": expr, "eval_time": format!("{second}s"), "exp_samples": samples })
    };
    let tests: Vec<Value> = ANSWERS.iter().map(test).collect();
    json!({
        "evaluation_interval": "5s",
        "tests": [{ "interval": run["interval"], "input_series": run["input_series"], "promql_expr_test": tests }],
    })
}

#[test]
fn panels_show_the_breaker_as_it_was_seen() {
    let run: Value = serde_yaml::from_str(RUN).unwrap();
    let model = dashboard(&manifests(EVERYTHING));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("breakers.yaml");
    std::fs::write(&path, unit_test(&run, &model).to_string()).unwrap();
    let Ok(done) = Command::new("promtool").args(["test", "rules"]).arg(&path).output() else {
        return println!("promtool is not installed: nothing was asked");
    };
    let said = [done.stdout, done.stderr].map(|it| String::from_utf8_lossy(&it).into_owned()).concat();
    assert!(done.status.success(), "{said}");
}

/// Of all that the lab exports, the panels ask for every breaker metric but what they need not.
#[test]
fn every_series_of_the_run_is_asked_for() {
    let run: Value = serde_yaml::from_str(RUN).unwrap();
    let model = dashboard(&manifests(EVERYTHING)).to_string();
    for series in run["input_series"].as_array().unwrap() {
        let name = series["series"].as_str().unwrap().split('{').next().unwrap();
        assert!(model.contains(name), "{name}");
    }
}
