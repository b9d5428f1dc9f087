//! The shapes against the CRDs that Istio and the Gateway API publish, where those are at hand.

use std::path::{Path, PathBuf};

use serde_yaml::Value;

use crate::kube::shape::carried::{CARRIED, Carrier};
use crate::kube::shape::rule::Rule;
use crate::kube::shape::table::{Object, Table};
use crate::kube::shape::types::{Apart, List, Range, Type};
use crate::kube::shape::{gateway, istio};

/// What an open-ended schema says, compared with what the table says.
struct Comparison<'a> {
    table: &'a Table,
    /// Whether it is the newest release of all, so that the table has no field besides.
    newest: bool,
    differences: Vec<String>,
}

/// The CRDs of a file or folder beside the repository, or nothing with a word about it.
#[expect(clippy::disallowed_methods, reason = "a test that reads files")]
fn crds(name: &str) -> Vec<Value> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas").join(name);
    let inside = std::fs::read_dir(&place).into_iter().flatten().flatten().map(|it| it.path());
    let mut files: Vec<PathBuf> = inside.collect();
    if files.is_empty() {
        files.push(place);
    }
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|it| std::fs::read_to_string(it).ok()).collect();
    if texts.is_empty() {
        eprintln!("skipped: {name} is not here");
    }
    let documents = texts.iter().flat_map(|it| serde_yaml::Deserializer::from_str(it));
    let all = documents.map(|it| <Value as serde::Deserialize>::deserialize(it).unwrap());
    all.filter(|it| it["kind"].as_str() == Some("CustomResourceDefinition")).collect()
}

fn assert_says_what_is_published(table: &Table, name: &str, newest: bool) {
    let mut this = Comparison { table, newest, differences: Vec::new() };
    for crd in &crds(name) {
        this.crd(crd);
    }
    assert_eq!(this.differences, Vec::<String>::new(), "{name}");
}

#[test]
fn the_shapes_say_what_the_crds_of_istio_say() {
    assert_says_what_is_published(istio(), "istio-1.31-crds.yaml", true);
    assert_says_what_is_published(istio(), "istio-1.30.3-crds.yaml", false);
}

/// The table has the experimental channel, too.
#[test]
fn the_shapes_say_what_the_crds_of_the_gateway_api_say() {
    assert_says_what_is_published(gateway(), "gateway-api", false);
}

impl Comparison<'_> {
    fn crd(&mut self, crd: &Value) {
        let kind = crd["spec"]["names"]["kind"].as_str().unwrap();
        let versions = crd["spec"]["versions"].as_sequence().unwrap();
        for version in versions.iter().filter(|it| it["served"].as_bool() == Some(true)) {
            let name = version["name"].as_str().unwrap();
            let mut known = self.table.kinds(kind).filter(|it| it.1.versions.contains(&name));
            let Some((object, served)) = known.next() else {
                self.differences.push(format!("{kind} {name} is not in the table"));
                continue;
            };
            let root = &version["schema"]["openAPIV3Schema"];
            let needs_spec = required(root).contains(&"spec");
            let namespaced = crd["spec"]["scope"].as_str() == Some("Namespaced");
            let path = format!("{kind}/{name}");
            self.expect(served.needs_spec == needs_spec, || format!("{path}: needs spec is {needs_spec}"));
            self.expect(served.namespaced == namespaced, || format!("{path}: namespaced is {namespaced}"));
            self.object(object, &root["properties"]["spec"], &path);
        }
    }

    fn object(&mut self, object: &Object, schema: &Value, path: &str) {
        let Some(properties) = schema["properties"].as_mapping() else {
            self.differences.push(format!("{path} is no object"));
            return;
        };
        let needed = required(schema);
        for (name, property) in properties {
            let name = name.as_str().unwrap();
            let here = format!("{path}.{name}");
            let Some(field) = object.field(name) else {
                self.differences.push(format!("{here} is missing"));
                continue;
            };
            self.expect(field.required == needed.contains(&name), || format!("{here}: required"));
            self.value(&field.takes, property, object, &here);
        }
        let newest = self.newest;
        for field in object.fields.iter().filter(|_| newest) {
            let known = properties.contains_key(field.name);
            self.expect(known, || format!("{path}.{} is not published", field.name));
        }
        self.choices(object, schema, path);
        self.rules(object, schema, path);
    }

    /// `owner` is the object whose field it is: what a schema asks of a list or a text may be a rule of the owner.
    fn value(&mut self, takes: &Type, schema: &Value, owner: &Object, path: &str) {
        let kind = schema["type"].as_str().unwrap_or("any");
        if !matches!(takes, Type::Object(..)) {
            self.rules(owner, schema, path);
        }
        let fits = match takes {
            Type::List(list) => return self.list(list, schema, owner, path),
            Type::Map(_, value, size) => {
                self.range(*size, schema, ["minProperties", "maxProperties"], path);
                return self.value(value, &schema["additionalProperties"], owner, &format!("{path}.*"));
            }
            Type::Object(_, place) => return self.object(self.table.at(*place).unwrap(), schema, path),
            Type::Words(words) => return self.words(words, schema, path),
            Type::Text(format, length) => {
                self.pattern(format.name, schema, path);
                self.range(*length, schema, ["minLength", "maxLength"], path);
                kind == "string" && schema["enum"].is_null()
            }
            Type::Duration(_) => kind == "string",
            Type::Bool => kind == "boolean",
            Type::Number(range) => {
                let same = |limit: &Value, ours: f64, none: f64| {
                    limit.as_f64().unwrap_or(none).total_cmp(&ours).is_eq()
                };
                kind == "number"
                    && same(&schema["minimum"], range.least, f64::MIN)
                    && same(&schema["maximum"], range.most, f64::MAX)
            }
            Type::Whole(least, most) => kind == "integer" && limits(schema) == (*least, *most),
            Type::Numbers(numbers) => {
                let theirs = schema["enum"].as_sequence().into_iter().flatten().filter_map(Value::as_i64);
                kind == "integer" && theirs.eq(numbers.iter().copied())
            }
            Type::Mapping => {
                kind == "object" && schema["x-kubernetes-preserve-unknown-fields"].as_bool() == Some(true)
            }
            Type::NumberOrText => schema["x-kubernetes-int-or-string"].as_bool() == Some(true),
            Type::Any | Type::Quantity | Type::PortOrName | Type::Share => false,
        };
        self.expect(fits, || format!("{path} is {kind} to them, {takes:?} to us"));
    }

    fn list(&mut self, list: &List, schema: &Value, owner: &Object, path: &str) {
        let keys = schema["x-kubernetes-list-map-keys"].as_sequence().into_iter().flatten();
        let apart = match schema["x-kubernetes-list-type"].as_str() {
            Some("map") => Apart::Keys(keys.filter_map(|it| leak(it.as_str())).collect()),
            Some("set") => Apart::Value,
            _ => Apart::Nothing,
        };
        self.expect(apart == list.apart, || format!("{path}: {apart:?}, not {:?}", list.apart));
        self.range(list.length, schema, ["minItems", "maxItems"], path);
        self.value(&list.item, &schema["items"], owner, &format!("{path}[]"));
    }

    fn range(&mut self, ours: Range<usize>, schema: &Value, keys: [&str; 2], path: &str) {
        let limit = |key: &str| schema[key].as_u64().and_then(|it| usize::try_from(it).ok());
        let (least, most) = (limit(keys[0]).unwrap_or(0), limit(keys[1]).unwrap_or(usize::MAX));
        // A pattern may say already that the text is not empty.
        let same =
            ours.least == least || (ours.least == 0 && least == 1 && schema["pattern"].as_str().is_some());
        self.expect(same && ours.most == most, || format!("{path}: {least}..{most}, not {ours:?}"));
    }

    /// Formats are tested by hand; here it is enough that each stands for a pattern, and every pattern for one.
    fn pattern(&mut self, format: &str, schema: &Value, path: &str) {
        let asks = schema["pattern"].as_str().is_some() || schema["format"].as_str().is_some();
        let carries = !matches!(format, "text" | "starless");
        let of_a_rule = schema["x-kubernetes-validations"].as_sequence().is_some();
        self.expect(asks == carries || (carries && of_a_rule), || format!("{path}: {format}"));
    }

    fn words(&mut self, words: &[&str], schema: &Value, path: &str) {
        let theirs: Vec<&str> =
            schema["enum"].as_sequence().into_iter().flatten().filter_map(Value::as_str).collect();
        let by_rule = theirs.is_empty() && schema["x-kubernetes-validations"].as_sequence().is_some();
        let same = words.len() == theirs.len() || !self.newest;
        let all = !theirs.is_empty() && theirs.iter().all(|it| words.contains(it));
        self.expect(by_rule || (same && all), || format!("{path}: {theirs:?}, not {words:?}"));
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
            let carries = |it: &Rule| match it {
                Rule::AtMostOne(all) | Rule::ExactlyOne(all) => names.iter().all(|name| all.contains(name)),
                Rule::Some(_) | Rule::Union(..) | Rule::Check(..) => false,
            };
            let known = names.len() < 2 || object.rules.iter().any(carries);
            self.expect(known, || format!("{path}: {names:?} exclude each other"));
        }
    }

    /// Every CEL rule is carried by something of ours.
    fn rules(&mut self, object: &Object, schema: &Value, path: &str) {
        for rule in schema["x-kubernetes-validations"].as_sequence().into_iter().flatten() {
            let message = rule["message"].as_str().unwrap_or_default();
            let carriers = CARRIED.iter().filter(|it| message.starts_with(it.0)).map(|it| &it.1);
            let is_carried = |it: &Carrier| match it {
                Carrier::Type => true,
                Carrier::Fields => object.rules.iter().any(|it| !matches!(it, Rule::Check(..))),
                Carrier::Check(name) => {
                    object.rules.iter().any(|it| matches!(it, Rule::Check((its, _)) if its == name))
                }
            };
            let known = carriers.clone().any(is_carried);
            self.expect(known, || format!("{path} ({}): nothing carries {message:?}", object.name));
        }
    }

    fn expect(&mut self, holds: bool, difference: impl FnOnce() -> String) {
        if !holds {
            self.differences.push(difference());
        }
    }
}

fn required(schema: &Value) -> Vec<&str> {
    schema["required"].as_sequence().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Texts of a table live for ever.
fn leak(text: Option<&str>) -> Option<&'static str> {
    text.map(|it| &*it.to_owned().leak())
}

/// From and to: of the format, of the schema, of a rule about ports.
fn limits(schema: &Value) -> (i64, i64) {
    let rules = schema["x-kubernetes-validations"].as_sequence().into_iter().flatten();
    let of_a_port = rules.filter_map(|it| it["rule"].as_str()).any(|it| it.contains("self <= 65535"));
    let (least, most) = match schema["format"].as_str() {
        _ if of_a_port => (1, 65535),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    };
    let limit = |key: &str| schema[key].as_f64().filter(|_| !of_a_port).map(whole);
    (limit("minimum").unwrap_or(least), limit("maximum").unwrap_or(most))
}

/// Limits are whole numbers, whatever they are written as.
#[expect(clippy::cast_possible_truncation, reason = "limits are far below the mantissa")]
fn whole(limit: f64) -> i64 {
    limit as i64
}
