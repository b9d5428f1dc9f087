//! The published CRDs, where those are at hand: every rule is read, and every misspelt key of a bundle is refused.

use std::path::{Path, PathBuf};

use crate::crds::Crds;
use crate::crds::schema::Schema;
use crate::diag::{Diagnostics, Severity};
use crate::source::SourceMap;
use crate::yaml::{Entry, Kind, Node, parse_all};

/// Every YAML file under a path, by name.
#[expect(clippy::disallowed_methods, reason = "a test that reads files")]
fn files_under(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return if path.extension().is_some_and(|it| it == "yaml") {
            vec![path.to_owned()]
        } else {
            Vec::new()
        };
    }
    let mut all: Vec<PathBuf> = std::fs::read_dir(path).unwrap().map(|it| it.unwrap().path()).collect();
    all.sort();
    all.iter().flat_map(|it| files_under(it)).collect()
}

#[expect(clippy::disallowed_methods, reason = "a test that reads files")]
fn documents_under(path: &Path, diags: &mut Diagnostics) -> Vec<Node> {
    let mut files = SourceMap::default();
    let mut read = |path: &PathBuf| {
        let file = files.add(path.to_string_lossy(), std::fs::read_to_string(path).unwrap()).unwrap();
        parse_all(file, &files, diags).unwrap_or_default()
    };
    files_under(path).iter().flat_map(&mut read).collect()
}

/// The published CRDs; `None` where they are not.
fn published(diags: &mut Diagnostics) -> Option<Crds> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas");
    if !folder.is_dir() {
        eprintln!("skipped: the published CRDs are not here");
        return None;
    }
    let newest = [
        "istio-1.31-crds.yaml",
        "gateway-api",
        "flagger-crd.yaml",
        "argo-rollouts",
        "argo-cd",
        "flux",
        "prometheus-operator",
    ];
    let documents: Vec<Node> =
        newest.iter().flat_map(|it| documents_under(&folder.join(it), diags)).collect();
    Some(Crds::read(&documents, diags))
}

fn judge(crds: &Crds, document: &Node, diags: &mut Diagnostics) -> bool {
    let text = |key: &str| document.get(key).and_then(Node::text).cloned().unwrap_or_default();
    crds.judge(&text("apiVersion"), &text("kind"), document, diags)
}

fn rules<'s>(schema: &'s Schema, found: &mut Vec<&'s str>) {
    for rule in &schema.rules {
        if let Err(why) = rule.program.check() {
            found.push(rule.program.text());
            eprintln!("{why}: {}", rule.program.text());
        }
    }
    let named = schema.properties.iter().flatten().map(|(_, it)| it);
    for inner in named.chain(schema.of_others()).chain(schema.items.as_deref()) {
        rules(inner, found);
    }
}

#[test]
fn every_rule_of_the_published_crds_is_understood() {
    let mut diags = Diagnostics::default();
    let Some(crds) = published(&mut diags) else { return };
    assert_eq!(diags.errors(), 0);
    let mut found = Vec::new();
    for version in crds.all.values().flat_map(|it| &it.versions) {
        rules(&version.schema, &mut found);
    }
    assert_eq!(found, [""; 0]);
}

/// Every way to misspell one key of a tree.
fn misspelt(node: &Node) -> Vec<(Node, String)> {
    let mut all = Vec::new();
    for (at, entry) in node.entries().iter().enumerate() {
        let with = |entry: Entry| {
            let mut entries = node.entries().to_vec();
            entries[at] = entry;
            Node::map(entries.into_iter().collect(), node.span)
        };
        let key = crate::source::Text::made(format!("{}x", entry.key.value).into());
        all.push((with(Entry { key, value: entry.value.clone() }), entry.key.to_string()));
        let inner = misspelt(&entry.value).into_iter();
        all.extend(inner.map(|(it, key)| (with(Entry { key: entry.key.clone(), value: it }), key)));
    }
    for (at, item) in node.items().iter().enumerate() {
        for (inner, key) in misspelt(item) {
            let mut items = node.items().to_vec();
            items[at] = inner;
            all.push((Node { kind: Kind::List(items.into_iter().collect()), span: node.span }, key));
        }
    }
    all
}

/// What has keys of the user's own, or keys that its CRD leaves to the operator.
const OPEN: [&str; 19] = [
    "labels",
    "annotations",
    "matchLabels",
    "headers",
    "withoutHeaders",
    "queryParams",
    "sourceLabels",
    "set",
    "add",
    "portLevelMtls",
    "commonLabels",
    "customTags",
    "selector",
    "requests",
    "limits",
    "metadata",
    "routes",
    "volumes",
    "volumeMounts",
];

fn without_open(node: &Node) -> Node {
    let open = |it: &&Entry| !OPEN.contains(&it.key.as_str());
    let inner = |it: &Entry| Entry { key: it.key.clone(), value: without_open(&it.value) };
    match &node.kind {
        Kind::Map(entries) => Node::map(entries.iter().filter(open).map(inner).collect(), node.span),
        Kind::List(items) => {
            Node { kind: Kind::List(items.iter().map(without_open).collect()), span: node.span }
        }
        _ => node.clone(),
    }
}

#[test]
fn the_published_crds_take_every_bundle_and_refuse_its_misspelt_keys() {
    let mut diags = Diagnostics::default();
    let Some(crds) = published(&mut diags) else { return };
    let documents = documents_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("out"), &mut diags);
    let (mut judged, mut refused, mut passed) = (0, 0, Vec::new());
    for document in &documents {
        let mut found = Diagnostics::default();
        if !judge(&crds, document, &mut found) {
            continue;
        }
        judged += 1;
        let words: Vec<&str> = found.sorted().into_iter().map(|it| it.message.as_str()).collect();
        assert_eq!(words, [""; 0], "{:?}", document.at(&["metadata", "name"]));
        let Some(spec) = document.get("spec").map(without_open) else { continue };
        for (wrong, key) in misspelt(&spec) {
            let entries = document.entries().iter().map(|it| Entry {
                key: it.key.clone(),
                value: if it.key.value == "spec" { wrong.clone() } else { it.value.clone() },
            });
            let mut found = Diagnostics::default();
            judge(&crds, &Node::map(entries.collect(), document.span), &mut found);
            if found.sorted().iter().any(|it| it.severity == Severity::Error) {
                refused += 1;
            } else {
                passed.push(key);
            }
        }
    }
    passed.sort();
    passed.dedup();
    assert!(judged > 100 && refused > 1000, "{judged} judged, {refused} refused");
    assert_eq!(passed, [""; 0], "keys that may be misspelt");
}
