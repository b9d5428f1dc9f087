//! What makes each alert fire, and what must not.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::promtool::budgets;
use crate::promtool::series::{Series, bucket, cluster, connections, healthy, listed, requests, with};

/// A port of a service, under one of the names that it is counted by.
#[derive(Clone)]
pub struct Place {
    pub namespace: String,
    pub service: String,
    pub counted: String,
    pub port: u16,
    pub http: bool,
    pub domain: String,
    pub root: String,
    /// What may fail, of a million.
    pub budget: u64,
    /// What was promised, in milliseconds.
    pub p99: u64,
}

impl Place {
    /// Whether an alert is about it: single alerts name their services, those on recorded series are about all with HTTP.
    pub fn is_meant_by(&self, alert: &Value) -> bool {
        let expr = alert["expr"].as_str().unwrap();
        if expr.contains("service:istio_request") {
            return self.http;
        }
        if expr.contains("cluster_name") {
            let name = format!(r"\\|{}\\|[^|]*\\|{}", self.port, self.service);
            return [r"\\.", "(-primary"].iter().any(|it| expr.contains(&format!("{name}{it}")));
        }
        let Some((_, after)) = expr.split_once("destination_service_name=") else { return true };
        let names = after.split('"').nth(1).unwrap();
        names.split('|').any(|it| it.trim_end_matches("(-primary") == self.service)
    }

    fn cluster(&self) -> String {
        format!("outbound|{}|v1|{}.{}.svc.{}", self.port, self.counted, self.namespace, self.domain)
    }

    fn fires(&self, series: Vec<Series>, value: &str) -> Case {
        let labels = [
            ("destination_service_namespace", self.namespace.clone()),
            ("destination_service_name", self.service.clone()),
        ];
        Case::fires(series, &labels, value)
    }
}

/// Series and what an alert makes of them.
pub struct Case {
    pub series: Vec<Series>,
    /// How far its samples are apart.
    pub interval: &'static str,
    /// How often rules are evaluated.
    pub pace: &'static str,
    /// When the alert is looked at.
    pub at: &'static str,
    /// The labels of the result, and the value as people are told; `None`: silence.
    pub expected: Option<(BTreeMap<String, String>, String)>,
}

impl Case {
    pub fn fires(series: Vec<Series>, labels: &[(&str, String)], value: &str) -> Self {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { series, interval: "1m", pace: "10m", at: "30m", expected: Some((labels, value.to_owned())) }
    }

    pub fn silent(series: Vec<Series>) -> Self {
        Self { series, interval: "1m", pace: "10m", at: "30m", expected: None }
    }

    /// Looked at after hours, with a sample every so often.
    pub fn over(self, at: &'static str, interval: &'static str) -> Self {
        Self { interval, pace: "6h", at, ..self }
    }

    /// As promtool reads it: labels and annotations word by word.
    pub fn test(&self, alert: &Value) -> Value {
        let told = self.expected.iter().map(|(labels, value)| {
            let mut all: BTreeMap<String, String> = serde_json::from_value(alert["labels"].clone()).unwrap();
            all.extend(
                labels.iter().filter(|(it, _)| *it != "namespace").map(|(a, b)| (a.clone(), b.clone())),
            );
            let annotations: BTreeMap<String, String> =
                serde_json::from_value(alert["annotations"].clone()).unwrap();
            let words: BTreeMap<String, String> =
                annotations.into_iter().map(|(key, text)| (key, told(&text, labels, value))).collect();
            json!({ "exp_labels": all, "exp_annotations": words })
        });
        let asked = json!([{ "eval_time": self.at, "alertname": alert["alert"], "exp_alerts": told.collect::<Vec<_>>() }]);
        json!({ "interval": self.interval, "input_series": listed(&self.series), "alert_rule_test": asked })
    }
}

/// A template as it is told.
fn told(text: &str, labels: &BTreeMap<String, String>, value: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{ ") {
        let (inside, next) = after.split_once(" }}").unwrap();
        out.push_str(before);
        out.push_str(match inside.strip_prefix("$labels.") {
            Some(label) => &labels[label],
            None if inside.starts_with("$value") => value,
            None => panic!("{text}"),
        });
        rest = next;
    }
    out + rest
}

/// Whether the same series in another namespace are another matter.
pub fn minds_its_place(alert: &str) -> bool {
    !["MeshRootCertificateExpires", "MeshTargetsAbsent"].contains(&alert)
}

/// Every case of an alert at a place.
pub fn of(alert: &str, place: &Place) -> Vec<Case> {
    match alert {
        "MeshErrorRatioHigh" => errors(place),
        "MeshLatencyHigh" => latency(place),
        "MeshErrorBudgetBurnsFast" => budgets::fast_errors(place),
        "MeshErrorBudgetBurnsSlowly" => budgets::slow_errors(place),
        "MeshLatencyBudgetBurnsFast" => budgets::fast_latency(place),
        "MeshLatencyBudgetBurnsSlowly" => budgets::slow_latency(place),
        "MeshPlaintextRequests" => plaintext_requests(place),
        "MeshPlaintextConnections" => plaintext_connections(place),
        "MeshEndpointEjected" => ejected(place),
        "MeshCircuitBreakerOpen" => breaker(
            place,
            "envoy_cluster_upstream_rq_pending_overflow",
            &[
                "envoy_cluster_circuit_breakers_default_rq_pending_open",
                "envoy_cluster_circuit_breakers_default_rq_open",
            ],
        ),
        "MeshCircuitBreakerRefusesConnections" => breaker(
            place,
            "envoy_cluster_upstream_cx_overflow",
            &["envoy_cluster_circuit_breakers_default_cx_open"],
        ),
        "MeshProxyCertificateExpires" => certificate(place),
        "MeshRootCertificateExpires" => root_certificate(place),
        "MeshTargetDown" => target(place),
        "MeshTargetsAbsent" => targets(place),
        "MeshSmokeProbeFails" => smoke(place),
        other => panic!("no series are known that make {other} fire"),
    }
}

fn errors(it: &Place) -> Vec<Case> {
    let of = |good, bad| {
        vec![
            requests(&it.namespace, &it.counted, "200", good),
            requests(&it.namespace, &it.counted, "503", bad),
        ]
    };
    vec![
        it.fires(of(50, 50), "50%"),
        it.fires(vec![requests(&it.namespace, &it.counted, "500", 60)], "100%"),
        Case::silent(of(96, 4)),
        Case::silent(vec![requests(&it.namespace, &it.counted, "404", 60)]),
        Case::silent(healthy(it)),
        Case::silent(Vec::new()),
    ]
}

fn latency(it: &Place) -> Vec<Case> {
    let (good, bad) = (it.p99.to_string(), (2 * it.p99).to_string());
    let of = |in_time: &str| {
        let all = [(good.as_str(), in_time), (bad.as_str(), "0+60x400"), ("+Inf", "0+60x400")];
        all.map(|(le, values)| bucket(&it.namespace, &it.counted, le, values)).into()
    };
    // All take twice the time at the most: 99 of 100 take 1.99 times.
    vec![it.fires(of("0x400"), &(it.p99 * 199 / 100).to_string()), Case::silent(of("0+60x400"))]
}

fn plaintext_requests(it: &Place) -> Vec<Case> {
    let of = |reporter, policy| {
        vec![healthy(it)[0].clone(), with(&it.namespace, &it.counted, "200", reporter, policy, "0+60x400")]
    };
    vec![
        it.fires(of("destination", "none"), ""),
        Case::silent(of("source", "unknown")),
        Case::silent(healthy(it)),
    ]
}

fn plaintext_connections(it: &Place) -> Vec<Case> {
    let of = |reporter, policy| {
        vec![healthy(it)[0].clone(), connections(&it.namespace, &it.counted, reporter, policy)]
    };
    vec![
        it.fires(of("destination", "none"), ""),
        Case::silent(of("source", "unknown")),
        Case::silent(healthy(it)),
    ]
}

fn ejected(it: &Place) -> Vec<Case> {
    let of = |name: String, values| {
        vec![cluster("envoy_cluster_outlier_detection_ejections_active", &name, values)]
    };
    let stranger = it.cluster().replace('.', "x").replacen("outbound", "inbound", 1);
    vec![
        Case::fires(of(it.cluster(), "0x5 2x60"), &[("cluster_name", it.cluster())], "2"),
        Case::silent(of(it.cluster(), "0x60")),
        Case::silent(of(it.cluster(), "2x5 0x60")),
        Case::silent(of(stranger, "2x60")),
    ]
}

fn breaker(it: &Place, overflow: &str, open: &[&str]) -> Vec<Case> {
    let labels = [("cluster_name", it.cluster())];
    let one = |metric: &str, values| vec![cluster(metric, &it.cluster(), values)];
    let mut all = vec![
        Case::fires(one(overflow, "0x10 5+5x60"), &labels, ""),
        Case::silent(one(overflow, "7x60")),
        Case::silent(vec![cluster(overflow, &it.cluster().replace(&it.counted, "stranger"), "0+5x60")]),
    ];
    for metric in open {
        all.push(Case::fires(one(metric, "1x60"), &labels, ""));
        all.push(Case::silent(one(metric, "0x60")));
    }
    all
}

fn certificate(it: &Place) -> Vec<Case> {
    let of = |resource: &str, values: &str| {
        let labels = format!("resource_name=\"{resource}\",namespace=\"{}\",pod=\"a-1\"", it.namespace);
        vec![(format!("istio_agent_cert_expiry_seconds{{{labels}}}"), values.to_owned())]
    };
    let labels = [("namespace", it.namespace.clone()), ("pod", "a-1".to_owned())];
    vec![
        Case::fires(of("default", "3600x60"), &labels, "1h 0m 0s"),
        Case::fires(of("default", "7199x60"), &labels, "1h 59m 59s"),
        Case::silent(of("default", "7200x60")),
        Case::silent(of("file-cert", "3600x60")),
    ]
}

fn root_certificate(it: &Place) -> Vec<Case> {
    let of = |namespace: &str, ends: u64| {
        let name = format!(
            "citadel_server_root_cert_expiry_timestamp{{namespace=\"{namespace}\",pod=\"istiod-1\"}}"
        );
        vec![(name, format!("{ends}x60"))]
    };
    let now = 30 * 60;
    vec![
        Case::fires(of(&it.root, now + 86_400), &[], "1d 0h 0m 0s"),
        Case::fires(of(&it.root, now + 30 * 86_400 - 3_600), &[], "29d 23h 0m 0s"),
        Case::silent(of(&it.root, now + 30 * 86_400)),
        Case::silent(of("another-mesh", now + 86_400)),
    ]
}

fn up(namespace: &str, values: &str) -> Vec<Series> {
    vec![(format!("up{{namespace=\"{namespace}\",pod=\"a-1\",job=\"j\"}}"), values.to_owned())]
}

fn target(it: &Place) -> Vec<Case> {
    let labels = [("namespace", it.namespace.clone()), ("pod", "a-1".into()), ("job", "j".into())];
    vec![Case::fires(up(&it.namespace, "0x60"), &labels, ""), Case::silent(up(&it.namespace, "1x60"))]
}

fn targets(it: &Place) -> Vec<Case> {
    let labels = [("namespace", it.namespace.clone())];
    vec![
        Case::fires(up("elsewhere", "1x60"), &labels, ""),
        Case::silent(up(&it.namespace, "1x60")),
        Case::silent(up(&it.namespace, "0x60")),
    ]
}

fn smoke(it: &Place) -> Vec<Case> {
    let of = |job: &str, value: &str| {
        let labels = format!("job=\"{job}\",instance=\"http://a/\",namespace=\"{}\"", it.namespace);
        vec![(format!("probe_success{{{labels}}}"), format!("{value}x60"))]
    };
    let labels = [
        ("namespace", it.namespace.clone()),
        ("job", "mesh-gateway".into()),
        ("instance", "http://a/".into()),
    ];
    vec![
        Case::fires(of("mesh-gateway", "0"), &labels, ""),
        Case::silent(of("mesh-gateway", "1")),
        Case::silent(of("another", "0")),
    ]
}
