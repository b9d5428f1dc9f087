//! Words, ranges, lengths and patterns: what narrows a value down that has the right type.

use std::collections::BTreeSet;

use crate::crds::check::Check;
use crate::crds::path::Path;
use crate::crds::pattern::Pattern;
use crate::crds::schema::{Limits, Schema, Type};
use crate::crds::value::{Kind, Value};
use crate::diag::{Diagnostic, Severity, code, nearest};

/// Judges a value of the right type.
pub fn check(value: &Value, limits: &Limits, schema: &Schema, path: &Path<'_>, out: &mut Check<'_>) {
    if !limits.words.is_empty() && (value.is_null() || !limits.words.contains(value)) {
        words(value, limits, path, out);
    }
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    match &value.kind {
        Kind::Int(_) | Kind::Float(_) => number(value, limits, path, out),
        Kind::Text(text) if schema.takes != Some(Type::Number) => {
            size(count(text.chars().count()), limits.length, "characters", path, value, out);
            if let Some(pattern) = limits.pattern.as_deref() {
                matching(text, pattern, value, path, out);
            }
        }
        Kind::List(items) => {
            size(count(items.len()), limits.items, "items", path, value, out);
            if limits.unique {
                let mut seen = BTreeSet::new();
                for item in items.iter().filter(|it| !seen.insert(it.canonical())) {
                    let message = format!("`{path}` has an item twice: {}", item.describe());
                    out.tell(code::BAD_VALUE, path.place(item.span), message, false);
                }
            }
        }
        Kind::Map(fields) => size(count(fields.len()), limits.fields, "keys", path, value, out),
        _ => {}
    }
}

fn matching(text: &str, pattern: &Pattern, value: &Value, path: &Path<'_>, out: &mut Check<'_>) {
    let Some(regex) = pattern.regex() else {
        if pattern.is_first_told() {
            let message =
                format!("a pattern of this CRD was not asked: `{}` is not understood", pattern.text());
            let mut finding = Diagnostic::warning(code::CRD_RULE, pattern.span(), message);
            finding.severity = Severity::Info;
            out.told.push(finding);
        }
        return;
    };
    if !regex.is_match(text) {
        let message = format!("`{path}` does not match its pattern: {}", value.describe());
        let finding = Diagnostic::error(code::BAD_VALUE, path.place(value.span), message);
        out.found.push(finding.help(format!("the pattern is `{}`", pattern.text())));
    }
}

fn words(value: &Value, limits: &Limits, path: &Path<'_>, out: &mut Check<'_>) {
    let word = |it: &Value| match &it.kind {
        Kind::Text(text) if text.is_empty() => "\"\"".to_owned(),
        Kind::Text(text) => text.to_string(),
        Kind::Int(it) => it.to_string(),
        Kind::Bool(it) => it.to_string(),
        _ => it.describe(),
    };
    let known: Vec<String> = limits.words.iter().map(word).collect();
    let written = value.text().map_or_else(|| value.describe(), |it| format!("`{it}`"));
    let message = format!("`{path}` is none of {}: {written}", known.join(", "));
    let mut finding = Diagnostic::error(code::BAD_VALUE, path.place(value.span), message);
    if let Some(near) = value.text().and_then(|it| nearest(it, known.iter().map(String::as_str))) {
        finding = finding.help(format!("did you mean `{near}`?"));
        finding.fix = Some(near.to_owned());
    }
    out.found.push(finding);
    out.blocked = true;
}

/// Beside a whole number the API server cuts a bound to a whole one, too.
fn number(value: &Value, limits: &Limits, path: &Path<'_>, out: &mut Check<'_>) {
    let whole = matches!(value.kind, Kind::Int(_));
    let Some(number) = value.number() else { return };
    let bound = |it: Option<f64>| if whole { it.map(f64::trunc) } else { it };
    let mut tell = |message: String| {
        out.tell(code::BAD_VALUE, path.place(value.span), format!("`{path}` is {message}"), false);
    };
    if let Some(least) = bound(limits.minimum) {
        if limits.above && number <= least {
            tell(format!("{number}, which is not more than {least}"));
        } else if number < least {
            tell(format!("{number}, which is less than {least}"));
        }
    }
    if let Some(most) = bound(limits.maximum) {
        if limits.below && number >= most {
            tell(format!("{number}, which is not less than {most}"));
        } else if number > most {
            tell(format!("{number}, which is more than {most}"));
        }
    }
    if let Some(factor) = bound(limits.multiple_of).filter(|it| !is_multiple(value, *it)) {
        tell(format!("{number}, which is no multiple of {factor}"));
    }
}

/// As the API server reckons: a factor below one never suits a whole number.
#[expect(clippy::cast_possible_truncation, reason = "the factor was cut to a whole one")]
fn is_multiple(value: &Value, factor: f64) -> bool {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    if let Kind::Int(it) = value.kind {
        return factor > 0.0 && it % (factor as i64) == 0;
    }
    let number = value.number().unwrap_or(0.0);
    let times = if factor < 1.0 { 1.0 / factor * number } else { number / factor };
    let whole = times.trunc();
    let near = (times - whole).abs() <= 1e-9 * (times.abs() + whole.abs());
    factor > 0.0 && times.abs() <= LARGEST && near
}

fn size(
    count: i64,
    (least, most): (Option<i64>, Option<i64>),
    what: &str,
    path: &Path<'_>,
    value: &Value,
    out: &mut Check<'_>,
) {
    let mut tell = |word: &str, limit: i64, blocks| {
        let message = format!("`{path}` has {count} {what}, {word} {limit} are allowed");
        out.tell(code::BAD_VALUE, path.place(value.span), message, blocks);
    };
    if let Some(least) = least.filter(|it| count < *it) {
        tell("at least", least, false);
    }
    if let Some(most) = most.filter(|it| count > *it) {
        tell("at most", most, true);
    }
}
