//! With `dashboard: true` a scenario has one Grafana dashboard.
//!
//! Services are values of a variable and not panels, so that a mesh of thousands has a dashboard of the same size.

mod more_rows;
mod page;
mod panels;
mod rows;
mod services;

use sha2::{Digest, Sha256};

use crate::kube::observability::grafana::{Millionths, Model, Range, Templating};
use crate::kube::{Dashboard, Manifest, made, wave};
use crate::lower::Context;
use crate::lower::observability::dashboard::page::Page;
use crate::lower::observability::dashboard::rows::Limits;
use crate::lower::observability::dashboard::services::Services;
use crate::profile::Observability;
use crate::units::Percent;

/// The dashboard, in the namespace of the profile.
pub fn dashboard(cx: &Context<'_>, wanted: &Observability) -> Option<Manifest> {
    if !wanted.dashboard.value {
        return None;
    }
    let namespace = &cx.profile.namespace;
    let labels = cx.watched_labels().with("grafana_dashboard", "1");
    let object = Dashboard {
        metadata: cx.metadata(made("mesh-dashboard"), namespace, labels),
        file: format!("{namespace}-mesh.json"),
        model: model(cx, wanted),
    };
    Some(cx.core("v1", wave::WATCH, object))
}

fn model(cx: &Context<'_>, observability: &Observability) -> Model {
    let (http, tcp) = (Services::http(cx), Services::tcp(cx));
    let limits = limits(&http, observability);
    let mut page = Page::default();
    rows::overview(&mut page, limits);
    rows::service(&mut page, limits, http.speak_grpc());
    rows::bottlenecks(&mut page);
    rows::map(&mut page);
    if observability.breaker_stats.value {
        more_rows::breakers(&mut page);
    }
    if !tcp.is_empty() {
        more_rows::bytes(&mut page);
    }
    more_rows::certificates(&mut page, &services::namespaces(cx));
    let mut variables = vec![services::datasource(), http.variable(cx)];
    variables.extend((!tcp.is_empty()).then(|| tcp.variable(cx)));
    Model {
        uid: uid(cx.scenario, &cx.profile.namespace),
        title: format!("{} in {}", cx.scenario, cx.profile.namespace),
        description: format!("Rendered by meshgen from the profile {}: changes belong there.", cx.scenario),
        tags: vec!["istio".to_owned(), "meshgen".to_owned(), cx.profile.namespace.to_string()],
        editable: false,
        graph_tooltip: 1,
        schema_version: 39,
        refresh: "30s",
        time: Range { from: "now-1h", to: "now" },
        timezone: "browser",
        templating: Templating { list: variables },
        panels: page.panels(),
    }
}

/// What was promised, in millionths.
fn limits(http: &Services<'_>, observability: &Observability) -> Limits {
    let slo = observability.slo.as_ref();
    let failing = |it: Percent| Millionths(u64::from(Percent::ALL.parts() - it.parts()));
    let millis = |it: u64| Millionths(it.saturating_mul(1_000_000));
    Limits {
        errors: slo.map(|it| failing(it.availability.value)),
        p99: slo.and_then(|it| it.p99.as_ref()).map(|it| millis(it.value.millis())),
        mutual: http.all_strict().then_some(Millionths(1_000_000)),
    }
}

/// The same for the same scenario in the same namespace, and for no other.
fn uid(scenario: &str, namespace: &str) -> String {
    let mut hash = Sha256::new();
    for part in [namespace, scenario] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let head = hash.finalize().first_chunk().copied().map_or(0, u64::from_be_bytes);
    format!("mesh-{head:016x}")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::lower::example::object;

    const ON: &str = "observability: { dashboard: true, slo: { availability: 99.95, p99: 250ms } }\n";
    const HELLO: &str =
        "services: { hello: { versions: { v1: {}, v2: {} }, routes: { all: { split: { v1: 100 } } } } }\n";

    fn model(profile: &str) -> Value {
        let object: Value = serde_yaml::from_str(&object(profile, "ConfigMap", "mesh-dashboard")).unwrap();
        assert_eq!(object["metadata"]["labels"]["grafana_dashboard"], "1");
        serde_json::from_str(object["data"]["demo-mesh.json"].as_str().unwrap()).unwrap()
    }

    fn titles(model: &Value, kind: &str) -> Vec<String> {
        let panels = model["panels"].as_array().unwrap().iter().filter(|it| it["type"] == kind);
        panels.map(|it| it["title"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_mesh_of_requests_has_these_rows() {
        let rows = titles(&model(&format!("{ON}{HELLO}")), "row");
        assert_eq!(rows, ["Overview", "$service", "Bottlenecks", "Who calls whom", "Certificates"]);
    }

    #[test]
    fn breakers_and_bytes_have_rows_where_there_are_any() {
        let profile = "observability: { dashboard: true, breakerStats: true }
services: { hello: { versions: { v1: {} } }, store: { ports: { http: null, db: { number: 1, protocol: tcp } }, versions: { v1: {} } } }";
        let model = model(profile);
        let rows = titles(&model, "row");
        assert_eq!(rows[4..], ["Circuit breakers", "TCP services", "Certificates"]);
        let variables: Vec<_> =
            model["templating"]["list"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
        assert_eq!(variables, ["datasource", "service", "tcp"]);
    }

    #[test]
    fn what_is_promised_is_drawn() {
        let model = model(&format!("{ON}{HELLO}"));
        let limit = |title: &str| {
            let panel = model["panels"].as_array().unwrap().iter().find(|it| it["title"] == title).unwrap();
            panel["fieldConfig"]["defaults"]["thresholds"]["steps"][1]["value"].to_string()
        };
        assert_eq!(limit("Failed requests"), "0.0005");
        assert_eq!(limit("99 of 100 requests take at most"), "250");
        assert_eq!(limit("Requests over mutual TLS"), "1");
    }

    #[test]
    fn under_flagger_the_services_of_the_engine_count() {
        let model = model(
            "observability: { dashboard: true, prometheus: { namespace: m, address: 'http://prometheus.m:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 }, loadTester: 'http://tester.m/' }
services: { hello: { versions: { v1: {} } } }",
        );
        assert_eq!(
            model["templating"]["list"][1]["query"],
            "hello : hello(-primary|-canary)?.demo.svc.cluster.local"
        );
    }

    #[test]
    fn ten_thousand_services_have_a_dashboard_that_kubectl_can_apply() {
        let of = |most: usize| {
            use std::fmt::Write;
            let mut profile = format!("{ON}services:\n");
            for number in 0..most {
                let _ = writeln!(
                    profile,
                    "  a-service-with-a-long-name-{number}: {{ versions: {{ v1: {{}} }} }}"
                );
            }
            object(&profile, "ConfigMap", "mesh-dashboard")
        };
        let (few, many) = (of(900), of(10_000));
        assert!(few.contains("a-service-with-a-long-name-899.demo.svc"), "{}", few.len());
        assert!(many.contains("label_values(istio_requests_total{destination_service=~"));
        assert!(few.len() < 250_000 && many.len() < 250_000, "{} {}", few.len(), many.len());
    }

    #[test]
    fn unless_asked_there_is_none() {
        assert!(object(HELLO, "ConfigMap", "mesh-dashboard").is_empty());
    }
}
