//! What proves the rules: the examples in their own documentation, and the way they speak.

use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::lint::{Rule, lint, rules};
use crate::mesh::config::{Held, held};
use crate::mesh::{Cluster, Mesh, MeshConfig};
use crate::source::SourceMap;
use crate::yaml::{Node, parse, parse_all};

/// What is found in an example, each with its line; by one rule, or by all of them and the shapes.
pub fn found(rule: Option<&Rule>, text: &str) -> Vec<(usize, Diagnostic)> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("example.yaml", text).unwrap();
    let documents = parse_all(file, &files, &mut diags);
    assert!(documents.is_ok(), "{text}\n{:#?}", diags.sorted());
    let documents = documents.unwrap();
    let config = config(&documents, &mut files);
    let mesh = Mesh::read(documents, &mut diags);
    assert!(diags.is_empty(), "{text}\n{:#?}", diags.sorted());
    let cluster = Cluster::new(&mesh, config, Vec::new());
    match rule {
        Some(rule) => rule.apply(&cluster, &mut diags),
        None => lint(&cluster, &mut diags),
    }
    let line = |it: &Diagnostic| files.locate(it.span).map_or(0, |place| place.line);
    diags.sorted().into_iter().map(|it| (line(it), it.clone())).collect()
}

/// The configuration of the mesh, if an example has the ConfigMap with it.
fn config(documents: &[Node], files: &mut SourceMap) -> MeshConfig {
    let mut maps = documents.iter().filter(|it| it.word("kind").is_some_and(|it| it == "ConfigMap"));
    let Some(Held::Text(text)) = maps.find_map(|it| held(it, "mesh")) else {
        return MeshConfig::default();
    };
    let file = files.add("mesh.yaml", text.as_str()).unwrap();
    let node = parse(file, files, &mut Diagnostics::default()).unwrap().without_places();
    MeshConfig { node, ..MeshConfig::default() }
}

/// Fails unless the rule finds nothing in the example.
pub fn assert_silent(rule: &Rule, text: &str) {
    assert_eq!(messages(Some(rule), text), Vec::<String>::new(), "{text}");
}

/// Fails unless the rule says these messages of the example, from the first line to the last.
pub fn assert_says(rule: &Rule, text: &str, wanted: &[&str]) {
    let said: Vec<String> = found(Some(rule), text).into_iter().map(|it| it.1.message).collect();
    assert_eq!(said, wanted, "{text}");
}

/// What is said of an example, by one rule or by all.
pub fn messages(rule: Option<&Rule>, text: &str) -> Vec<String> {
    let say = |(line, it): &(usize, Diagnostic)| {
        let help = it.help.as_deref().unwrap_or("");
        format!("{line}: {} {} {}: {} ({help})", it.severity.word(), it.code.id, it.code.name, it.message)
    };
    found(rule, text).iter().map(say).collect()
}

fn marked(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate().filter(|(_, it)| it.ends_with("#~"));
    lines.map(|(index, _)| index + 1).collect()
}

#[test]
fn every_rule_proves_its_own_documentation() {
    let mut wrong: Vec<String> = Vec::new();
    for rule in rules() {
        let mut lines: Vec<usize> = found(Some(rule), rule.bad).iter().map(|(line, _)| *line).collect();
        lines.dedup();
        if lines != marked(rule.bad) || lines.is_empty() {
            let said = messages(Some(rule), rule.bad);
            wrong.push(format!("{} {} bad:{}{said:#?}", rule.code, rule.name, rule.bad));
        }
        let mut noise = messages(Some(rule), rule.good);
        let errors = found(None, rule.good).into_iter().filter(|it| it.1.severity == Severity::Error);
        noise.extend(errors.map(|it| format!("{}: {} {}", it.0, it.1.code.id, it.1.message)));
        if !noise.is_empty() {
            wrong.push(format!("{} {} good:{}{noise:#?}", rule.code, rule.name, rule.good));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_without_the_mistake_is_a_true_one() {
    for rule in rules() {
        assert_ne!(rule.bad.trim(), rule.good.trim(), "{}", rule.code);
        assert!(!rule.good.contains("#~"), "{}", rule.code);
    }
}

#[test]
fn codes_and_names_are_unique_and_a_room_lists_its_rules_by_code() {
    for room in crate::lint::ROOMS {
        assert!(room.is_sorted_by(|a, b| a.code < b.code));
    }
    for key in [|it: &'static Rule| it.code, |it: &'static Rule| it.name] {
        let mut all: Vec<&str> = rules().map(key).collect();
        all.sort_unstable();
        let twice: Vec<_> = all.windows(2).filter(|it| it[0] == it[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}

#[test]
fn every_rule_speaks_as_the_house_does() {
    for rule in rules() {
        for (_, finding) in found(Some(rule), rule.bad) {
            let texts =
                [Some(finding.message.as_str()), finding.help.as_deref(), Some(finding.label.as_str())];
            for text in texts.into_iter().flatten() {
                let first = text.split(' ').next().unwrap_or_default();
                // Names of programs and kinds keep their capitals.
                let small = !first.starts_with(char::is_uppercase)
                    || ["Kubernetes", "Istio", "Envoy", "Kiali", "Gateway", "Telemetry", "Sidecar"]
                        .contains(&first)
                    || first.chars().skip(1).any(char::is_uppercase);
                assert!(!text.ends_with('.') && small, "{}: {text}", rule.code);
                assert!(!text.contains("invalid"), "{}: {text}", rule.code);
            }
            assert!(finding.object.is_some(), "{}: a finding says which object it is about", rule.code);
        }
        assert!(rule.why.ends_with('.'), "{}: `why` is made of sentences", rule.code);
    }
}
