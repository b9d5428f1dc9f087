//! What we print for other people's controllers, their own schemas take: no key is misspelt, no word is unheard of.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use meshgen::diag::Diagnostics;
use meshgen::source::SourceMap;
use meshgen::yaml;
use serde_json::{Map, Value, json};

use crate::cli::shell;
use crate::shipped;

const SCHEMAS: &str = "../shared/schemas";

#[test]
fn custom_resources_are_what_their_definitions_say() {
    if !Path::new(SCHEMAS).is_dir() {
        println!("skipped: ../shared/schemas is not there");
        return;
    }
    let judges = judges();
    assert!(judges.len() > 25, "{}", judges.len());
    let route = ("networking.istio.io/v1".to_owned(), "VirtualService".to_owned());
    let misspelt = json!({ "spec": { "hosts": ["a"], "http": [{ "routee": [] }] } });
    assert!(!judges[&route].is_valid(&misspelt), "a misspelt key must not pass");
    let mut counted = BTreeMap::new();
    let mut wrong = Vec::new();
    for (place, document) in documents() {
        let word = |key: &str| document[key].as_str().unwrap_or_default().to_owned();
        let id = (word("apiVersion"), word("kind"));
        let Some(judge) = judges.get(&id) else {
            let ours = !id.0.contains('.') || id.0.contains(".k8s.io/");
            assert!(ours, "{place}: nobody defines {id:?}");
            continue;
        };
        *counted.entry(id).or_insert(0) += 1;
        let said = judge.iter_errors(&document).map(|it| format!("{place} {}: {it}", it.instance_path()));
        wrong.extend(said);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counted.len() >= 20, "too few kinds were there to be judged: {counted:?}");
}

/// Every shipped scenario, what these leave out of the language, and all that hands `full` over.
fn documents() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        all.extend(mesh.manifests().iter().map(|it| (name.to_owned(), serde_json::to_value(it).unwrap())));
    }
    for name in ["every-field", "every-field-of-argo-rollouts", "every-field-of-flagger"] {
        let path = fs::canonicalize(format!("tests/fixtures/{name}.yaml")).unwrap();
        all.extend(rendered(&path.display().to_string()).into_iter().map(|it| (name.to_owned(), it)));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crds");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let ways = [
        ("argo-cd", "https://git.example.com/mesh.git", ""),
        ("argo-cd", "https://git.example.com/mesh.git", "--environments"),
        ("flux", "https://git.example.com/mesh.git", ""),
        ("flux", "oci://registry.example.com/mesh", ""),
    ];
    for (place, (tool, repo, more)) in ways.into_iter().enumerate() {
        let command = format!("meshgen gitops {tool} -p full --repo {repo} --path out {more} --out {place}");
        let (code, words) = shell(&command, &folder);
        assert_eq!(code, 0, "{command}\n{words}");
        let files = files(&folder.join(place.to_string()));
        let texts = files.iter().filter(|it| !it.ends_with("kustomization.yaml"));
        all.extend(texts.flat_map(|it| parsed(it)).map(|it| (command.clone(), it)));
    }
    all
}

/// The objects of a profile.
fn rendered(profile: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crds-rendered");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (code, words) = shell(&format!("meshgen render --profile '{profile}' 2>&1 >out.yaml"), &folder);
    assert_eq!(code, 0, "{words}");
    parsed(&folder.join("out.yaml"))
}

/// A judge for each version and kind that is defined.
fn judges() -> BTreeMap<(String, String), Validator> {
    let mut all = BTreeMap::new();
    for definition in files(Path::new(SCHEMAS)).iter().flat_map(|it| parsed(it)) {
        let (group, kind) = (&definition["spec"]["group"], &definition["spec"]["names"]["kind"]);
        for version in definition["spec"]["versions"].as_array().into_iter().flatten() {
            let id = format!("{}/{}", group.as_str().unwrap(), version["name"].as_str().unwrap());
            let mut schema = version["schema"]["openAPIV3Schema"].clone();
            for key in ["apiVersion", "kind", "metadata"] {
                schema["properties"][key] = json!({});
            }
            closed(&mut schema);
            let judge = jsonschema::draft202012::new(&schema).unwrap();
            all.insert((id, kind.as_str().unwrap().to_owned()), judge);
        }
    }
    all
}

/// The API server drops what a schema does not name: here that is a mistake. Its own words mean nothing to JSON Schema.
fn closed(schema: &mut Value) {
    let Value::Object(map) = schema else {
        return schema.as_array_mut().into_iter().flatten().for_each(closed);
    };
    let open = map.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
    let named = map.get("properties").is_some_and(Value::is_object);
    if named && !open && !map.contains_key("additionalProperties") {
        map.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    map.remove("format");
    if map.get("nullable") == Some(&Value::Bool(true)) {
        let inner = Value::Object(std::mem::take(map));
        *map = Map::from_iter([("anyOf".to_owned(), json!([inner, { "type": "null" }]))]);
        map["anyOf"][0].as_object_mut().unwrap().remove("nullable");
        closed(&mut map["anyOf"][0]);
        return;
    }
    for key in ["properties", "patternProperties"] {
        map.get_mut(key).and_then(Value::as_object_mut).into_iter().flatten().for_each(|(_, it)| closed(it));
    }
    for key in ["items", "additionalProperties"] {
        map.get_mut(key).into_iter().for_each(closed);
    }
}

fn parsed(path: &Path) -> Vec<Value> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add(path.display().to_string(), fs::read_to_string(path).unwrap()).unwrap();
    let nodes = yaml::parse_all(file, &files, &mut diags).unwrap();
    nodes.iter().map(|it| serde_json::to_value(it).unwrap()).collect()
}

/// The YAML files of a folder and all below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "yaml") {
            all.push(path);
        }
    }
    all.sort();
    all
}
