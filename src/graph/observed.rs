//! What a metrics server saw: the answer that it gives, read.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::metrics::{Label, query};
use crate::source::{FileId, SourceMap, Span};

/// The calls that a metrics server saw: source and destination by namespace and name, and requests a second.
#[derive(Debug, Default)]
pub struct Observed {
    pub(super) calls: Vec<Call>,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) from: (String, String),
    pub(super) to: (String, String),
    pub(super) rate: String,
}

#[derive(Deserialize)]
struct Answer {
    status: String,
    #[serde(default)]
    error: String,
    data: Option<Data>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    result_type: String,
    #[serde(default)]
    result: Vec<Series>,
}

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    metric: BTreeMap<String, String>,
    #[serde(default)]
    value: Vec<serde_json::Value>,
}

/// Reads the answer of Prometheus to an instant query of `istio_requests_total`.
///
/// # Errors
/// When it is no such answer; the finding says what it is.
pub fn read_observed(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Observed, Reported> {
    let (text, start) = (files.text(file), files.start(file));
    let mut fail = |offset: usize, message: String| {
        let lo = start.saturating_add(u32::try_from(offset).unwrap_or_default());
        let finding = Diagnostic::error(code::BAD_ANSWER, Span { lo, hi: lo + 1 }, message);
        Err(diags.report(finding.help(format!("save the answer of `/api/v1/query` to `{}`", question()))))
    };
    // Any JSON first: that a text is none is another mistake than that it says something else.
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default();
            return fail(offset(text, error.line(), error.column()), format!("this is no JSON: {why}"));
        }
    };
    if !value.is_object() {
        return fail(0, "this is no answer of Prometheus: it is no JSON object".to_owned());
    }
    let answer: Answer = match serde_json::from_value(value) {
        Ok(answer) => answer,
        Err(error) => return fail(0, format!("this is no answer of Prometheus: {error}")),
    };
    if answer.status != "success" {
        return fail(0, format!("the query failed: {}", answer.error));
    }
    let data = match answer.data {
        Some(data) if data.result_type == "vector" => data,
        Some(data) => {
            let found = data.result_type;
            return fail(0, format!("an instant query answers with a `vector`, and this is a `{found}`"));
        }
        None => return fail(0, "this answer has no `data`".to_owned()),
    };
    let lacks = |label: &Label| data.result.iter().any(|it| !it.metric.contains_key(label.word()));
    if let Some(label) = query::DEPENDENCY.into_iter().find(lacks) {
        return fail(0, format!("a series has no label `{}`", label.word()));
    }
    let calls = data.result.iter().filter_map(call).collect();
    Ok(Observed { calls })
}

/// The question whose answer is wanted.
pub fn question() -> String {
    query::dependencies(&[], "1h")
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// A series without requests is none: it remains for a while after the calls have ended.
fn call(series: &Series) -> Option<Call> {
    let label = |it: Label| series.metric.get(it.word()).cloned().unwrap_or_default();
    let rate = match series.value.get(1)? {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let digits = rate.split(['e', 'E']).next().unwrap_or_default();
    let counts = digits.chars().any(|it| ('1'..='9').contains(&it)) || rate.ends_with("Inf");
    let [from, from_space, to, to_space] = query::DEPENDENCY.map(label);
    counts.then_some(Call { from: (from_space, from), to: (to_space, to), rate })
}
