//! What the configuration of the mesh must say for the scenario, as values of the chart `istiod`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::profile::Profile;
use crate::yaml;

/// A provider of telemetry that the profile names, and what asks for it.
pub struct Provider<'p> {
    /// Its name.
    pub name: &'p str,
    /// As `access logs`.
    pub used_for: &'static str,
}

/// The providers that a profile names and no mesh has by itself, each once a use.
pub fn providers(profile: &Profile) -> Vec<Provider<'_>> {
    let Some(telemetry) = &profile.telemetry else { return Vec::new() };
    let access = telemetry.access_log.iter().flat_map(|it| it.providers.iter()).map(|it| (it, "access logs"));
    let audit = telemetry.audit_log.iter().flat_map(|it| it.providers.iter()).map(|it| (it, "the audit log"));
    let tracing = telemetry.tracing.iter().filter_map(|it| it.provider.as_ref()).map(|it| (it, "traces"));
    let all = access.chain(audit).chain(tracing).filter(|(name, _)| name.as_str() != "envoy");
    all.map(|(name, used_for)| Provider { name, used_for }).collect()
}

/// The values, where the profile needs any: its trust domain, its revision and its providers.
pub fn values(profile: &Profile) -> Option<String> {
    let mut mesh = serde_json::Map::new();
    let domain = profile.mesh.trust_domain.as_str();
    if domain != "cluster.local" {
        mesh.insert("trustDomain".to_owned(), json!(domain));
    }
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for it in providers(profile) {
        if known.insert(it.name) {
            all.push(provider(&it));
        }
    }
    if !all.is_empty() {
        mesh.insert("extensionProviders".to_owned(), Value::Array(all));
    }
    let tracing = profile.telemetry.as_ref().and_then(|it| it.tracing.as_ref());
    if tracing.is_some_and(|it| it.provider.is_none()) {
        let tracing = json!({ "name": "otel", "opentelemetry": address() });
        mesh.entry("extensionProviders").or_insert_with(|| json!([])).as_array_mut()?.push(tracing);
        mesh.insert("defaultProviders".to_owned(), json!({ "tracing": ["otel"] }));
    }
    let mut values = serde_json::Map::new();
    if let Some(revision) = &profile.mesh.revision {
        values.insert("revision".to_owned(), json!(revision.as_str()));
    }
    if !mesh.is_empty() {
        values.insert("meshConfig".to_owned(), Value::Object(mesh));
    }
    (!values.is_empty()).then(|| yaml::print(&Value::Object(values)))
}

/// A log goes out by OpenTelemetry as traces do, to another kind of service.
fn provider(it: &Provider<'_>) -> Value {
    let kind = if it.used_for == "traces" { "opentelemetry" } else { "envoyOtelAls" };
    json!({ "name": it.name, kind: address() })
}

/// Where a collector usually is; the reader knows better.
fn address() -> Value {
    json!({ "service": "otel-collector.observability.svc.cluster.local", "port": 4317 })
}
