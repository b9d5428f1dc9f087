//! The published schema and the reader of profiles agree.

use std::fs;

use jsonschema::Validator;
use meshgen::builtin::{self, PROFILES};
use meshgen::diag::{Diagnostics, code};
use meshgen::profile::{Profile, schema};
use meshgen::resolve::overlay;
use meshgen::source::{SourceMap, Span};
use meshgen::yaml::{self, Kind, Node};
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema::text()).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::new(&schema).unwrap()
}

/// A profile as an editor sees it.
fn tree(text: &str) -> Node {
    let mut files = SourceMap::default();
    let file = files.add("profile.yaml", text).unwrap();
    yaml::parse(file, &files, &mut Diagnostics::default()).unwrap()
}

#[test]
fn the_committed_schema_is_the_one_we_print() {
    let path = "profiles/profile.schema.json";
    if crate::blessing() {
        fs::write(path, schema::text()).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == schema::text(), "{path} is out of date: just bless");
}

#[test]
fn every_shipped_profile_fits_and_names_the_schema() {
    let validator = validator();
    for profile in PROFILES {
        let value = serde_json::to_value(tree(profile.text)).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", profile.name);
        let named = profile
            .text
            .lines()
            .take(4)
            .any(|it| it == "# yaml-language-server: $schema=profile.schema.json");
        assert!(named || !builtin::is_scenario(profile.name), "{} names no schema for editors", profile.name);
    }
}

#[test]
fn the_examples_of_the_schema_fit_it() {
    let schema: Value = serde_json::from_str(&schema::text()).unwrap();
    let examples = schema["examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    assert!(examples.iter().all(|it| validator().is_valid(it)));
}

#[test]
fn every_field_is_described() {
    let schema: Value = serde_json::from_str(&schema::text()).unwrap();
    let definitions = schema["$defs"].as_object().unwrap().iter();
    let mut silent = Vec::new();
    for (name, definition) in definitions.chain([(&"Profile".to_owned(), &schema)]) {
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            // The words of small forms are explained by the form.
            if property["description"].is_null() && !name.ends_with("Form") && name != "EnvRef" {
                silent.push(format!("{name}.{key}"));
            }
        }
    }
    assert!(silent.is_empty(), "an editor has nothing to say about {silent:?}");
}

/// Every mapping of a tree that is a struct of the language, as a path of keys.
fn structs(node: &Node, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    if let Kind::Map(entries) = &node.kind {
        let last = path.last().map_or("", String::as_str);
        let collection = NAMED.contains(&last) && !(last == "match" && path.len() < 3);
        if !collection {
            found.push(path.clone());
        }
        for entry in entries.iter().filter(|it| !["raw", "patches", "expect"].contains(&it.key.as_str())) {
            path.push(entry.key.to_string());
            structs(&entry.value, path, found);
            path.pop();
        }
    }
}

/// Keys whose entries have names of the user's.
const NAMED: &[&str] = &[
    "services",
    "versions",
    "ports",
    "routes",
    "clients",
    "callers",
    "external",
    "hosts",
    "allow",
    "deny",
    "jwt",
    "environments",
    "env",
    "headers",
    "split",
    "labels",
    "annotations",
    "selector",
    "requests",
    "limits",
    "query",
    "set",
    "add",
    "files",
    "tags",
    "headerTags",
    "namespaces",
    "conditions",
    "notConditions",
    "when",
    "load",
    "failover",
    "distribute",
    "receivers",
    "quota",
    "defaultRequests",
    "defaultLimits",
];

#[test]
fn reader_and_schema_refuse_the_same_unknown_keys() {
    let validator = validator();
    let mut tried = 0;
    for profile in PROFILES {
        let node = tree(profile.text);
        let mut paths = Vec::new();
        structs(&node, &mut Vec::new(), &mut paths);
        for path in paths {
            let mut intruder = json!({ "unheardOf": 1 });
            for key in path.iter().rev() {
                intruder = json!({ key.as_str(): intruder });
            }
            let mutant = overlay(&node, &tree(&yaml::print(&intruder)));
            let value = serde_json::to_value(&mutant).unwrap();
            let place = format!("{} {}", profile.name, path.join("."));
            assert!(!validator.is_valid(&value), "{place}: the schema takes an unknown key");
            tried += 1;
            if path.iter().any(|it| ["environments", "defaults"].contains(&it.as_str())) {
                continue;
            }
            assert!(is_refused(&mutant), "{place}: the reader takes an unknown key");
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Whether the reader finds the key that nobody knows.
fn is_refused(tree: &Node) -> bool {
    let mut diags = Diagnostics::default();
    let done: Vec<&str> = vec!["extends", "defaults", "environments"];
    let entries = tree.entries().iter().filter(|it| !done.contains(&it.key.as_str())).cloned().collect();
    let _ = yaml::read::<Profile>(&Node::map(entries, Span::NONE), &mut diags);
    diags.sorted().iter().any(|it| it.code == code::UNKNOWN_KEY && it.message.contains("`unheardOf`"))
}
