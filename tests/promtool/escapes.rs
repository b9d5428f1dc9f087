//! No text breaks out of its quotes, whatever is in it: in PromQL, and in what people are told.

use meshgen::metrics::alert::verbatim;
use meshgen::metrics::{Label, Match, REQUESTS, Services, UP};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::promtool::tool::{Promtool, written};

/// Texts that mean something to PromQL, to regular expressions or to Go templates.
const NASTY: [&str; 24] = [
    "\"",
    "\\",
    "\\\"",
    "'",
    "`",
    "{",
    "}",
    "{{",
    "}}",
    "{{{",
    "{{ $labels.pod }}",
    "{{\"{\"}}",
    "{{/* a */}}",
    "$",
    "$1",
    "a\nb",
    "\t",
    "a\"} or up{pod=\"",
    "a|b",
    ".*",
    "(",
    "[",
    "a\\",
    "#",
];

/// These, and some that nobody thought of. Prometheus cannot read back what it writes itself of U+FFFD.
fn texts() -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let any = prop_oneof!["[ -~]{1,8}", "[{}\"$\\\\.|()\n a-c]{1,8}", any::<String>()];
    let mut more = || any.new_tree(&mut runner).unwrap().current();
    let mut texts: Vec<String> = NASTY.map(str::to_owned).into();
    texts.extend(
        (0..200).map(|_| more()).filter(|it| !it.is_empty() && !it.contains(char::REPLACEMENT_CHARACTER)),
    );
    texts
}

/// An alert on a pod of such a name, which tells the name.
fn alert(place: usize, text: &str) -> Value {
    let expr = UP.select(&[Match::Is(Label::Pod, text)]);
    json!({ "alert": format!("A{place}"), "expr": expr, "annotations": { "a": verbatim(text), "b": "{{ $labels.pod }}" } })
}

/// A rule on requests to a service of such a name, one of two, with copies or without.
fn record(place: usize, text: &str, copied: bool) -> Value {
    let services = Services::of([(text, copied), ("other", false)], text);
    let rate = format!("rate({}[5m])", REQUESTS.select(&services.matches()));
    json!({ "record": format!("r{place}_{copied}"), "expr": services.sum(&rate, &[Label::DestinationVersion]) })
}

#[test]
fn any_text_is_a_value_and_no_more() {
    let Some(promtool) = Promtool::found() else { return };
    let texts = texts();
    let alerts: Vec<Value> = texts.iter().enumerate().map(|(place, text)| alert(place, text)).collect();
    let rules = written("any-text.rules", &json!({ "groups": [{ "name": "a", "rules": alerts }] }));
    promtool.check(&rules);
    let all: Vec<String> = texts.iter().map(|text| UP.select(&[Match::Is(Label::Pod, text)])).collect();
    let unique: std::collections::BTreeSet<&String> = all.iter().collect();
    let series: Vec<Value> = unique.iter().map(|it| json!({ "series": it, "values": "1x5" })).collect();
    let asked = |(place, text): (usize, &String)| {
        let told = json!([{ "exp_labels": { "pod": text }, "exp_annotations": { "a": text, "b": text } }]);
        json!({ "eval_time": "1m", "alertname": format!("A{place}"), "exp_alerts": told })
    };
    let asked: Vec<Value> = texts.iter().enumerate().map(asked).collect();
    let test = json!({ "interval": "1m", "input_series": series, "alert_rule_test": asked });
    let suite = json!({ "rule_files": [rules], "evaluation_interval": "1m", "tests": [test] });
    promtool.test(&written("any-text", &suite));
}

#[test]
fn any_text_is_a_name_and_no_pattern() {
    let Some(promtool) = Promtool::found() else { return };
    let texts = texts();
    let all =
        texts.iter().enumerate().flat_map(|(place, it)| [record(place, it, false), record(place, it, true)]);
    let groups = json!({ "groups": [{ "name": "a", "rules": all.collect::<Vec<_>>() }] });
    let rules = written("any-name.rules", &groups);
    promtool.check(&rules);
    let of = |text: &str| REQUESTS.select(&Services::one(text, text, false).matches());
    let unique: std::collections::BTreeSet<&String> = texts.iter().collect();
    let series: Vec<Value> =
        unique.iter().map(|it| json!({ "series": of(it), "values": "0+60x60" })).collect();
    let asked = |place: usize| {
        [false, true].map(|copied| {
            let samples = json!([{ "labels": "{}", "value": 1 }]);
            json!({ "expr": format!("sum(r{place}_{copied})"), "eval_time": "10m", "exp_samples": samples })
        })
    };
    let asked: Vec<Value> = (0..texts.len()).flat_map(asked).collect();
    let test = json!({ "interval": "1m", "input_series": series, "promql_expr_test": asked });
    let suite = json!({ "rule_files": [rules], "evaluation_interval": "1m", "tests": [test] });
    promtool.test(&written("any-name", &suite));
}
