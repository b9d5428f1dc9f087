//! Budgets spent at known paces: a little too fast, a little less than too fast, and no more.

use meshgen::metrics::decimal;

use crate::promtool::cases::{Case, Place};
use crate::promtool::series::{Series, bucket, with};

/// Requests between two samples: so many that every budget is a whole number of them.
const ALL: u64 = 1_000_000;

/// A counter that grows by so much a sample for so many samples, then by so much for so many.
fn counter(phases: &[(u64, u64)]) -> String {
    let mut values = vec!["0".to_owned()];
    let mut value = 0;
    for (samples, each) in phases.iter().filter(|it| it.0 > 0) {
        values.push(format!("{}+{each}x{}", value + each, samples - 1));
        value += each * samples;
    }
    values.join(" ")
}

/// Errors at a pace in tenths: so many samples without, with, and without again.
fn errors(it: &Place, tenths: u64, [before, during, after]: [u64; 3]) -> Vec<Series> {
    let failed = it.budget * tenths / 10;
    let of = |code: &str, phases: &[(u64, u64)]| {
        with(&it.namespace, &it.counted, code, "destination", "mutual_tls", &counter(phases))
    };
    vec![
        of("200", &[(before, ALL), (during, ALL - failed), (after, ALL)]),
        of("500", &[(before, 0), (during, failed), (after, 0)]),
    ]
}

/// The value of an alert on errors: the ratio of the long window.
fn percent(it: &Place, tenths: u64) -> String {
    decimal(it.budget * tenths, 5) + "%"
}

fn fires(it: &Place, series: Vec<Series>, value: &str) -> Case {
    let labels = [
        ("destination_service_namespace", it.namespace.clone()),
        ("destination_service_name", it.service.clone()),
    ];
    Case::fires(series, &labels, value)
}

pub fn fast_errors(it: &Place) -> Vec<Case> {
    vec![
        // In an hour, and in no longer window.
        fires(it, errors(it, 145, [240, 120, 0]), &percent(it, 145)).over("6h", "1m"),
        // In six hours, and in no shorter one.
        fires(it, errors(it, 65, [0, 720, 0]), &percent(it, 65)).over("12h", "1m"),
        Case::silent(errors(it, 59, [0, 720, 0])).over("12h", "1m"),
        Case::silent(errors(it, 143, [240, 120, 0])).over("6h", "1m"),
        // It was an hour, and is over.
        Case::silent(errors(it, 145, [240, 60, 60])).over("6h", "1m"),
        Case::silent(Vec::new()).over("6h", "1m"),
    ]
}

/// Samples of an hour, where they are five minutes apart.
const HOUR: u64 = 12;

pub fn slow_errors(it: &Place) -> Vec<Case> {
    vec![
        fires(it, errors(it, 31, [0, 30 * HOUR, 0]), &percent(it, 31)).over("30h", "5m"),
        fires(it, errors(it, 11, [0, 78 * HOUR, 0]), &percent(it, 11)).over("78h", "5m"),
        Case::silent(errors(it, 9, [0, 78 * HOUR, 0])).over("78h", "5m"),
        // It was a day, and is over.
        Case::silent(errors(it, 31, [0, 24 * HOUR, 12 * HOUR])).over("36h", "5m"),
    ]
}

/// Slow requests at a pace in tenths, of which one in a hundred is allowed.
fn slow(it: &Place, tenths: u64, [before, during, after]: [u64; 3]) -> Vec<Series> {
    let in_time = counter(&[(before, ALL), (during, ALL - ALL * tenths / 1000), (after, ALL)]);
    let all = counter(&[(before + during + after, ALL)]);
    let (good, bad) = (it.p99.to_string(), (2 * it.p99).to_string());
    let le = [(good.as_str(), &in_time), (bad.as_str(), &all), ("+Inf", &all)];
    le.map(|(le, values)| bucket(&it.namespace, &it.counted, le, values)).into()
}

pub fn fast_latency(it: &Place) -> Vec<Case> {
    vec![
        fires(it, slow(it, 146, [240, 120, 0]), "").over("6h", "1m"),
        fires(it, slow(it, 65, [0, 720, 0]), "").over("12h", "1m"),
        Case::silent(slow(it, 59, [0, 720, 0])).over("12h", "1m"),
        Case::silent(slow(it, 146, [240, 60, 60])).over("6h", "1m"),
    ]
}

pub fn slow_latency(it: &Place) -> Vec<Case> {
    vec![
        fires(it, slow(it, 31, [0, 30 * HOUR, 0]), "").over("30h", "5m"),
        fires(it, slow(it, 11, [0, 78 * HOUR, 0]), "").over("78h", "5m"),
        Case::silent(slow(it, 9, [0, 78 * HOUR, 0])).over("78h", "5m"),
        Case::silent(slow(it, 31, [0, 24 * HOUR, 12 * HOUR])).over("36h", "5m"),
    ]
}
