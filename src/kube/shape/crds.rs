//! The shapes against the CRDs that Istio publishes, where those are at hand.

use std::path::Path;

use serde_yaml::Value;

use crate::kube::shape::istio;
use crate::kube::shape::table::{Object, Table, Type};

/// The newest release's file first: it must have every field of the table; older ones may lack some.
const FILES: [&str; 2] = ["istio-1.31-crds.yaml", "istio-1.30.3-crds.yaml"];

/// What an open-ended schema says, compared with what the table says.
struct Comparison<'a> {
    table: &'a Table,
    newest: bool,
    differences: Vec<String>,
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that reads files")]
fn the_shapes_say_what_the_published_crds_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas");
    for (file, newest) in FILES.into_iter().zip([true, false]) {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            eprintln!("skipped: {file} is not here");
            continue;
        };
        let mut this = Comparison { table: istio(), newest, differences: Vec::new() };
        let mut kinds = 0;
        for document in serde_yaml::Deserializer::from_str(&text) {
            let crd: Value = serde::Deserialize::deserialize(document).unwrap();
            kinds += usize::from(this.crd(&crd));
        }
        assert_eq!(this.differences, Vec::<String>::new(), "{file}");
        let ours = istio().objects().filter(|it| it.served.is_some()).count();
        assert_eq!(kinds, ours, "{file}");
    }
}

impl Comparison<'_> {
    fn crd(&mut self, crd: &Value) -> bool {
        let Some(kind) = crd["spec"]["names"]["kind"].as_str() else { return false };
        let Some(object) = self.table.object(kind) else {
            self.differences.push(format!("{kind} is not in the table"));
            return true;
        };
        let versions = crd["spec"]["versions"].as_sequence().unwrap();
        let mut names: Vec<&str> = versions.iter().filter_map(|it| it["name"].as_str()).collect();
        let mut served = object.served.as_ref().unwrap().versions.clone();
        names.sort_unstable();
        served.sort_unstable();
        self.expect(names == served, || format!("{kind}: served as {names:?}, not as {served:?}"));
        let stored = versions.iter().find(|it| it["storage"].as_bool() == Some(true)).unwrap();
        self.object(object, &stored["schema"]["openAPIV3Schema"]["properties"]["spec"], kind);
        true
    }

    fn object(&mut self, object: &Object, schema: &Value, path: &str) {
        let Some(properties) = schema["properties"].as_mapping() else {
            self.differences.push(format!("{path} is no object"));
            return;
        };
        let needed: Vec<&str> =
            schema["required"].as_sequence().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in properties {
            let name = name.as_str().unwrap();
            let here = format!("{path}.{name}");
            let Some(field) = object.field(name) else {
                self.differences.push(format!("{here} is missing"));
                continue;
            };
            self.expect(field.required == needed.contains(&name), || format!("{here}: required"));
            self.value(&field.takes, property, &here);
        }
        let newest = self.newest;
        for field in object.fields.iter().filter(|_| newest) {
            let known = properties.contains_key(field.name);
            self.expect(known, || format!("{path}.{} is not Istio's", field.name));
        }
        self.choices(object, schema, path);
    }

    fn value(&mut self, takes: &Type, schema: &Value, path: &str) {
        let kind = schema["type"].as_str().unwrap_or("any");
        let fits = match takes {
            Type::List(item) => return self.value(item, &schema["items"], &format!("{path}[]")),
            Type::Map(value) => {
                return self.value(value, &schema["additionalProperties"], &format!("{path}.*"));
            }
            Type::Object(name) => {
                return self.object(self.table.object(name).unwrap(), schema, path);
            }
            Type::Words(words) => return self.words(words, schema, path),
            Type::Word => kind == "string" && schema["minLength"].as_u64() == Some(1),
            Type::Text => kind == "string" && schema["minLength"].is_null() && schema["enum"].is_null(),
            Type::Duration(zero) => kind == "string" && (*zero || asks_for_a_millisecond(schema)),
            Type::Bool => kind == "boolean",
            Type::Number => kind == "number",
            Type::Whole(least, most) => {
                let floor = schema["minimum"].as_f64().is_none_or(|it| *least >= whole(it));
                let roof = schema["maximum"].as_f64().is_none_or(|it| *most <= whole(it));
                kind == "integer" && floor && roof
            }
            Type::Any => schema["x-kubernetes-preserve-unknown-fields"].as_bool() == Some(true),
        };
        self.expect(fits, || format!("{path} is {kind} to Istio, {takes:?} to us"));
    }

    fn words(&mut self, words: &[&str], schema: &Value, path: &str) {
        let theirs: Vec<&str> =
            schema["enum"].as_sequence().into_iter().flatten().filter_map(Value::as_str).collect();
        let same = words.len() == theirs.len() || !self.newest;
        let all = !theirs.is_empty() && theirs.iter().all(|it| words.contains(it));
        self.expect(same && all, || format!("{path}: {theirs:?}, not {words:?}"));
    }

    /// Fields that exclude each other stand in `oneOf`, alone or inside `allOf`, of more than one name.
    fn choices(&mut self, object: &Object, schema: &Value, path: &str) {
        let inside = schema["allOf"].as_sequence().into_iter().flatten();
        for part in std::iter::once(schema).chain(inside) {
            let names: Vec<&str> = part["oneOf"]
                .as_sequence()
                .into_iter()
                .flatten()
                .filter_map(|it| it["required"][0].as_str())
                .collect();
            let known = object.choices.iter().any(|it| names.iter().all(|name| it.contains(name)));
            self.expect(names.len() < 2 || known, || format!("{path}: {names:?} exclude each other"));
        }
    }

    fn expect(&mut self, holds: bool, difference: impl FnOnce() -> String) {
        if !holds {
            self.differences.push(difference());
        }
    }
}

fn asks_for_a_millisecond(schema: &Value) -> bool {
    let rules = schema["x-kubernetes-validations"].as_sequence();
    rules.into_iter().flatten().any(|it| it["rule"].as_str().is_some_and(|it| it.contains("'1ms'")))
}

/// Limits are whole numbers, whatever they are written as.
#[expect(clippy::cast_possible_truncation, reason = "limits are far below the mantissa")]
fn whole(limit: f64) -> i64 {
    limit as i64
}
