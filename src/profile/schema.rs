//! The language as a JSON Schema (2020-12): what editors complete and explain.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::profile::outside::{External, ExternalPort};
use crate::profile::service::ServicePort;
use crate::profile::smoke::{Load, Smoke};
use crate::profile::traffic::Route;
use crate::profile::{Client, Observability, Profile, Rollout, Service, Version};
use crate::source::Text;
use crate::yaml::Named;

/// What lies under every entry of a collection.
#[expect(dead_code, reason = "it is there for its schema: defaults are laid under trees, not read")]
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Defaults {
    /// Under every service.
    service: Service,
    /// Under every version.
    version: Version,
    /// Under every port of a service.
    port: ServicePort,
    /// Under every route.
    route: Route,
    /// Under every client.
    client: Client,
    /// Under every external service.
    external: External,
    /// Under every port of an external service.
    external_port: ExternalPort,
    /// Under every load.
    load: Load,
    /// Under `observability`, where it is asked for.
    observability: Observability,
    /// Under `observability.smoke`, where it is asked for.
    smoke: Smoke,
    /// Under `rollout`, where it is asked for.
    rollout: Rollout,
}

/// The schema as pretty JSON.
pub fn text() -> String {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = Profile::json_schema(&mut generator);
    add_overlay_keys(&mut schema, &mut generator);
    let definitions = generator.take_definitions(true);
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    RecursiveTransform(forgive).transform(&mut schema);
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A meshgen profile",
    });
    let mut whole = head.as_object().cloned().unwrap_or_default();
    for (key, value) in schema.as_object().into_iter().flatten() {
        whole.entry(key.clone()).or_insert_with(|| value.clone());
    }
    whole.insert(
        "examples".to_owned(),
        json!([{
            "extends": "canary-10",
            "services": { "hello": { "routes": { "default": { "split": { "v1": 50, "v2": 50 } } } } },
        }]),
    );
    format!("{:#}\n", Value::Object(whole))
}

/// The keys that do their work before a profile is read.
fn add_overlay_keys(schema: &mut Schema, generator: &mut SchemaGenerator) {
    let itself = json!({ "$ref": "#" });
    let extends = generator.subschema_for::<Option<Text>>();
    let defaults = generator.subschema_for::<Defaults>();
    let environments = Named::<Defaults>::json_schema(generator);
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    let described = |mut schema: Value, description: &str| {
        schema["description"] = json!(description);
        schema
    };
    properties.insert(
        "extends".to_owned(),
        described(extends.to_value(), "The profile that this one changes. Default: base."),
    );
    properties.insert(
        "defaults".to_owned(),
        described(defaults.to_value(), "What lies under every entry of a collection."),
    );
    let mut environments = environments.to_value();
    environments["additionalProperties"] = json!({ "anyOf": [itself, { "type": "null" }] });
    properties.insert(
        "environments".to_owned(),
        described(environments, "What differs by environment; `--env` chooses one."),
    );
}

/// What an author leaves out, a parent or base supplies; and `null` takes any inherited value away.
fn forgive(schema: &mut Schema) {
    schema.remove("required");
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for property in properties.values_mut() {
        let nullable = property
            .get("anyOf")
            .and_then(Value::as_array)
            .is_some_and(|it| it.contains(&json!({ "type": "null" })));
        let description = property.as_object_mut().and_then(|it| it.remove("description"));
        if !nullable {
            *property = json!({ "anyOf": [property.take(), { "type": "null" }] });
        }
        if let Some(description) = description {
            property["description"] = description;
        }
    }
}
