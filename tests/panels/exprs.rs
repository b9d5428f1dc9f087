//! Finds the questions of a bundle, whoever asks them.

use serde_json::Value;

/// Every question: of rules, panels, variables and analyses, with what is only known later filled in.
pub fn of_bundle(documents: &[Value]) -> Vec<String> {
    let mut out = Vec::new();
    for document in documents {
        match document["kind"].as_str().unwrap() {
            "PrometheusRule" => texts(document, "expr", &mut out),
            "MetricTemplate" | "AnalysisTemplate" | "ClusterAnalysisTemplate" => {
                texts(document, "query", &mut out);
            }
            "ConfigMap" => {
                for (_, text) in document["data"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|it| it.0.rsplit_once('.').is_some_and(|it| it.1 == "json"))
                {
                    of_dashboard(&serde_json::from_str(text.as_str().unwrap()).unwrap(), &mut out);
                }
            }
            _ => {}
        }
    }
    out.iter().map(|it| filled(it)).collect()
}

/// The names of the series that rules make.
pub fn recorded(documents: &[Value]) -> Vec<String> {
    let mut out = Vec::new();
    documents.iter().filter(|it| it["kind"] == "PrometheusRule").for_each(|it| texts(it, "record", &mut out));
    out
}

fn of_dashboard(model: &Value, out: &mut Vec<String>) {
    texts(&model["panels"], "expr", out);
    for variable in model["templating"]["list"].as_array().unwrap().iter().filter(|it| it["type"] == "query")
    {
        let inside = variable["query"].as_str().unwrap().strip_prefix("label_values(").unwrap();
        let (series, label) = inside.strip_suffix(')').unwrap().rsplit_once(", ").unwrap();
        out.push(format!("count by ({label}) ({series})"));
    }
}

/// The texts below a key, at any depth.
fn texts(value: &Value, key: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match value.as_str().filter(|_| name == key) {
                    Some(text) => out.push(text.to_owned()),
                    None => texts(value, key, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| texts(it, key, out)),
        _ => {}
    }
}

/// Grafana's and the engines' own words become values.
fn filled(text: &str) -> String {
    let mut text = text.replace("$__rate_interval", "5m");
    while let Some((before, rest)) = text.split_once("{{") {
        let (word, after) = rest.split_once("}}").unwrap();
        let value = if word.contains("interval") { "1m" } else { "x" };
        text = format!("{before}{value}{after}");
    }
    text
}
