//! Rules as Prometheus itself judges them: every alert of every group has series that make it fire, with the very words
//! that people are told, and series that leave it silent.

mod budgets;
mod cases;
mod escapes;
mod profiles;
mod series;
mod tool;

use std::collections::BTreeSet;

use meshgen::metrics::alert::ALERTS;
use serde_json::{Value, json};

use cases::{Case, Place};
use profiles::{Rules, all};
use tool::{Promtool, written};

#[test]
fn promtool_finds_no_mistake_in_any_rule() {
    let Some(promtool) = Promtool::found() else { return };
    let mut seen = BTreeSet::new();
    for it in all() {
        promtool.check(&written(&it.file("rules"), &json!({ "groups": it.groups })));
        seen.extend(it.alerts().map(|it| it["alert"].as_str().unwrap().to_owned()));
    }
    let missing: Vec<&str> = ALERTS.iter().map(|it| it.name).filter(|it| !seen.contains(*it)).collect();
    assert!(missing.is_empty(), "no profile here has these alerts: {missing:?}");
}

#[test]
fn every_alert_fires_when_it_must_and_only_then() {
    let Some(promtool) = Promtool::found() else { return };
    for it in all() {
        let rules = written(&it.file("rules"), &json!({ "groups": it.groups }));
        for pace in ["10m", "6h"] {
            let mut tests = Vec::new();
            for alert in it.alerts() {
                let cases = cases(&it, alert);
                tests.extend(cases.iter().filter(|it| it.pace == pace).map(|case| case.test(alert)));
            }
            promtool.test(&written(&it.file(pace), &suite(&it, &rules, pace, &tests)));
        }
    }
}

#[test]
fn every_recording_rule_records_something() {
    let Some(promtool) = Promtool::found() else { return };
    for it in all() {
        let rules = written(&it.file("rules"), &json!({ "groups": it.groups }));
        let mut healthy = Vec::new();
        for place in it.places() {
            healthy.extend(series::healthy(&place));
        }
        let asked = |name: &str| {
            let samples = json!([{ "labels": "{}", "value": 1 }]);
            json!({ "expr": format!("count({name}) > bool 0"), "eval_time": "3h", "exp_samples": samples })
        };
        let names: BTreeSet<&str> = it.rules().filter_map(|it| it["record"].as_str()).collect();
        let asked: Vec<Value> = names.into_iter().map(asked).collect();
        let test =
            json!({ "interval": "1m", "input_series": series::listed(&healthy), "promql_expr_test": asked });
        promtool.test(&written(&it.file("records"), &suite(&it, &rules, "1h", &[test])));
    }
}

#[test]
fn copies_that_flagger_makes_are_counted_with_their_service() {
    let Some(promtool) = Promtool::found() else { return };
    let it = all().into_iter().find(|it| it.name == "flagger").unwrap();
    let rules = written(&it.file("rules"), &json!({ "groups": it.groups }));
    let names = ["hello", "hello-primary", "hello-canary", "hello-world", "hello-canary-x"];
    let mut given: Vec<_> = names.iter().map(|name| series::requests("demo", name, "200", 60)).collect();
    given.push(series::requests("demo", "hello-primary", "500", 60));
    let sample = |name: &str, value: f64| {
        let labels = format!(
            "service:istio_requests:rate5m{{destination_service_namespace=\"demo\",destination_service_name=\"{name}\"}}"
        );
        json!({ "labels": labels, "value": value })
    };
    let expected = json!([sample("hello", 4.0), sample("hello-canary-x", 1.0)]);
    let asked =
        json!([{ "expr": "service:istio_requests:rate5m", "eval_time": "1h", "exp_samples": expected }]);
    let test = json!({ "interval": "1m", "input_series": series::listed(&given), "promql_expr_test": asked });
    promtool.test(&written(&it.file("copies"), &suite(&it, &rules, "1h", &[test])));
}

/// Every case of an alert; a test that has none that fires, or none that is silent, proves nothing.
fn cases(rules: &Rules, alert: &Value) -> Vec<Case> {
    let name = alert["alert"].as_str().unwrap();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for place in rules.places().filter(|it| it.is_meant_by(alert)) {
        // Ports are told apart by clusters alone, and services by alerts on services.
        let expr = alert["expr"].as_str().unwrap();
        let port = expr.contains("cluster_name").then_some(place.port);
        let service = (port.is_some() || expr.contains("destination_service")).then(|| place.counted.clone());
        if !seen.insert((service, port)) {
            continue;
        }
        let mut own = cases::of(name, &place);
        if cases::minds_its_place(name) {
            // The same happens where nobody asked for it.
            let stranger = Place { namespace: "elsewhere".into(), ..place };
            for (case, strange) in own.iter_mut().zip(cases::of(name, &stranger)) {
                case.series.extend(strange.series);
            }
        }
        found.extend(own);
    }
    let fires = found.iter().filter(|it| it.expected.is_some()).count();
    let silent = found.iter().filter(|it| it.expected.is_none()).count();
    assert!(fires > 0 && silent > 0, "{} {name}: {fires} cases fire, {silent} do not", rules.name);
    found
}

/// A file of tests as promtool reads it.
fn suite(rules: &Rules, file: &str, pace: &str, tests: &[Value]) -> Value {
    let order: Vec<&str> = rules.groups.iter().map(|it| it["name"].as_str().unwrap()).collect();
    json!({ "rule_files": [file], "evaluation_interval": pace, "group_eval_order": order, "tests": tests })
}
