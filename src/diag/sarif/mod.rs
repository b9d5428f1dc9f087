//! Findings as SARIF 2.1.0, which code scanning services show beside the changed lines.

mod fingerprint;
mod uri;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Location, SourceMap, Span};

use fingerprint::Fingerprints;
use uri::uri;

/// One SARIF log with one run, in the given order of findings, ended by a line break.
///
/// A finding without a place is shown at its first related place, or else at the first line of the first
/// file: GitHub refuses the whole log for one result that has no location.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], files: &SourceMap) -> String {
    render_with(&|_| None, diagnostics, files)
}

/// What a code scanning service shows of a rule, beside its findings.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// How bad its findings mostly are.
    pub severity: Severity,
    /// What goes wrong.
    pub why: &'static str,
}

/// The same, with what is known of each rule.
#[must_use]
pub fn render_with(
    about: &dyn Fn(&str) -> Option<About>,
    diagnostics: &[&Diagnostic],
    files: &SourceMap,
) -> String {
    let codes: BTreeMap<&str, Code> = diagnostics.iter().map(|it| (it.code.id, it.code)).collect();
    let indices = codes.keys().enumerate().map(|(index, id)| (*id, index)).collect();
    let mut prints = Fingerprints::default();
    let results = diagnostics.iter().map(|it| result(it, files, &indices, &mut prints)).collect();
    let driver = Driver {
        name: "meshgen",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: codes.values().map(|it| rule(*it, about(it.id))).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    };
    // Structs of strings and numbers always have a JSON form, so the default never shows.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
}

/// GitHub shows tags, and lets people filter by them.
#[derive(Serialize)]
struct Properties<'a> {
    tags: &'a [&'a str],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    partial_fingerprints: BTreeMap<&'a str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message>,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

fn rule(code: Code, about: Option<About>) -> Rule<'static> {
    let tags = Some(code.equivalents).filter(|it| !it.is_empty() && about.is_some());
    Rule {
        id: code.id,
        name: code.name,
        short_description: message(code.name.replace('-', " ")),
        full_description: about.map(|it| message(it.why)),
        help: about.map(|it| message(format!("{}\n\nmeshgen explain {}", it.why, code.id))),
        default_configuration: about.map(|it| Configuration { level: level(it.severity) }),
        properties: tags.map(|tags| Properties { tags }),
    }
}

fn result<'a>(
    diagnostic: &'a Diagnostic,
    files: &SourceMap,
    indices: &BTreeMap<&str, usize>,
    prints: &mut Fingerprints,
) -> Finding<'a> {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let related = &diagnostic.related;
    let place = physical(diagnostic.span, files)
        .or_else(|| related.iter().find_map(|(span, _)| physical(*span, files)))
        .or_else(|| first_line(files));
    let print = prints.of(diagnostic, place.as_ref().map_or("", |it| &it.artifact_location.uri));
    Finding {
        rule_id: diagnostic.code.id,
        rule_index: indices[diagnostic.code.id],
        level: level(diagnostic.severity),
        message: message(text),
        locations: place.into_iter().map(|it| Place { physical_location: it, message: None }).collect(),
        related_locations: related.iter().filter_map(|it| related_place(it, files)).collect(),
        fixes: fix(diagnostic, files).into_iter().collect(),
        partial_fingerprints: BTreeMap::from([("meshgenFinding/v1", print)]),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn message(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

fn related_place((span, words): &(Span, String), files: &SourceMap) -> Option<Place> {
    let words = Some(words).filter(|it| !it.is_empty());
    Some(Place { physical_location: physical(*span, files)?, message: words.map(message) })
}

fn fix(diagnostic: &Diagnostic, files: &SourceMap) -> Option<Fix> {
    let inserted_content = message(diagnostic.fix.as_deref()?);
    let Physical { artifact_location, region } = physical(diagnostic.span, files)?;
    let replacements = [Replacement { deleted_region: region, inserted_content }];
    Some(Fix {
        description: diagnostic.help.as_deref().map(message),
        artifact_changes: [Change { artifact_location, replacements }],
    })
}

fn physical(span: Span, files: &SourceMap) -> Option<Physical> {
    Some(between(&files.locate(span)?, &files.locate_end(span)?))
}

fn first_line(files: &SourceMap) -> Option<Physical> {
    let start = Location { path: files.path(files.first()?), line: 1, column: 1 };
    Some(between(&start, &start))
}

fn between(start: &Location<'_>, end: &Location<'_>) -> Physical {
    Physical {
        artifact_location: Artifact { uri: uri(start.path) },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::sarif::render;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{SourceMap, Span};

    const SUBSET: Code = Code { id: "MG3001", name: "unknown-subset", equivalents: &["KIA1107"] };
    const SYNTAX: Code = Code { id: "MG1001", name: "yaml-syntax", equivalents: &[] };

    #[test]
    fn a_run_without_findings_is_a_whole_log() {
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            r#"{{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {{
      "tool": {{
        "driver": {{
          "name": "meshgen",
          "semanticVersion": "{version}",
          "rules": []
        }}
      }},
      "columnKind": "unicodeCodePoints",
      "results": []
    }}
  ]
}}
"#
        );
        assert_eq!(render(&[], &SourceMap::default()), expected);
    }

    #[test]
    fn a_finding_names_its_rule_its_place_and_its_fix() {
        let mut files = SourceMap::default();
        files.add("./my routes.yaml", "größe: 1\r\nsubset: v9\r\n").unwrap();
        let place = Span { lo: 21, hi: 23 };
        let finding = Diagnostic::warning(SUBSET, place, "no subset `v9`")
            .related(Span { lo: 1, hi: 8 }, "near this")
            .suggest("v9", ["v1"]);
        let text = render(&[&finding, &Diagnostic::error(SYNTAX, Span::NONE, "not YAML")], &files);
        let log: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].to_string(), RULES.replace('\n', ""));
        assert_eq!(log["runs"][0]["results"].to_string(), RESULTS.replace('\n', ""));
    }

    const RULES: &str = r#"[
{"id":"MG1001","name":"yaml-syntax","shortDescription":{"text":"yaml syntax"}},
{"id":"MG3001","name":"unknown-subset","shortDescription":{"text":"unknown subset"}}]"#;

    const RESULTS: &str = r#"[
{"ruleId":"MG3001","ruleIndex":1,"level":"warning",
"message":{"text":"no subset `v9`\nhelp: did you mean `v1`?"},
"locations":[{"physicalLocation":{"artifactLocation":{"uri":"my%20routes.yaml"},
"region":{"startLine":2,"startColumn":9,"endLine":2,"endColumn":11}}}],
"relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"my%20routes.yaml"},
"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":6}},"message":{"text":"near this"}}],
"fixes":[{"description":{"text":"did you mean `v1`?"},
"artifactChanges":[{"artifactLocation":{"uri":"my%20routes.yaml"},
"replacements":[{"deletedRegion":{"startLine":2,"startColumn":9,"endLine":2,"endColumn":11},
"insertedContent":{"text":"v1"}}]}]}],
"partialFingerprints":{
"meshgenFinding/v1":"aa350e7202174536eadb9bcca5d62ecddd96293d50f23def830720774aff2bbb:1"}},
{"ruleId":"MG1001","ruleIndex":0,"level":"error","message":{"text":"not YAML"},
"locations":[{"physicalLocation":{"artifactLocation":{"uri":"my%20routes.yaml"},
"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}}}],
"partialFingerprints":{
"meshgenFinding/v1":"0a927a9a1f0204f913326e0169c2e651ab30ed903ccf62f29759efe283336ba4:1"}}]"#;

    #[test]
    fn the_same_words_twice_have_two_fingerprints() {
        let mut files = SourceMap::default();
        files.add("a.yaml", "a: 1\nb: 2\n").unwrap();
        let at = |lo| Diagnostic::error(SYNTAX, Span { lo, hi: lo + 1 }, "not YAML");
        let (first, second) = (at(1), at(6));
        let text = render(&[&first, &second], &files);
        let prints: Vec<&str> =
            text.lines().filter(|it| it.contains("meshgenFinding/v1")).map(str::trim_end).collect();
        let [one, two] = prints[..] else { panic!("two fingerprints") };
        assert_eq!(one.strip_suffix(":1\""), two.strip_suffix(":2\""));
        assert!(one.ends_with(":1\""));
    }
}
