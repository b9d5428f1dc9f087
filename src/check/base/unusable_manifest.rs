//! A manifest of the user's own says what it is.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::{Str, Text};
use crate::yaml::{Kind, Node};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2140",
    name: "unusable-manifest",
    severity: Severity::Error,
    equivalents: &["MG-40"],
    why: "An object without API version, kind and name is one that no cluster takes and no inventory can list.",
    bad: "
raw:
  settings: #~
    apiVersion: v1
    kind: ConfigMap
  other: #~
    apiVersion: v1
    metadata: { name: other }
",
    good: "
raw:
  settings:
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: settings }
    data: { a: b }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, node) in profile.raw.iter() {
        if !matches!(node.kind, Kind::Map(_)) {
            let finding = findings.at(node.span, format!("`{name}` is {}, not a manifest", node.describe()));
            findings.push(finding.help("write the object itself: `apiVersion`, `kind`, `metadata`"));
            continue;
        }
        for path in [["apiVersion"].as_slice(), &["kind"], &["metadata", "name"]] {
            word(name, node, path, findings);
        }
    }
}

fn word(name: &Text, node: &Node, path: &[&str], findings: &mut Findings<'_>) {
    let key = path.join(".");
    match node.at(path) {
        None => {
            let finding = findings.at(name.span, format!("the manifest `{name}` has no `{key}`"));
            findings.push(finding.help("`apiVersion`, `kind` and `metadata.name` say which object it is"));
        }
        Some(value) if value.text().is_none_or(Str::is_empty) => {
            let says = if value.text().is_some() { "empty".to_owned() } else { value.describe() };
            findings.push(findings.at(value.span, format!("`{key}` of the manifest `{name}` is {says}")));
        }
        Some(_) => {}
    }
}
