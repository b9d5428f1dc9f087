//! The one test that serves all rules: each finds its own `bad`, line by line, and no rule finds anything in a `good`.

use crate::builtin::PROFILES;
use crate::check::RULES;
use crate::diag::{Diagnostic, Diagnostics};
use crate::profile::Profile;
use crate::resolve::{Library, Loaded, Resolver, Wish};
use crate::rule::Rule;
use crate::source::{FileId, SourceMap};

/// What an example need not say.
const MINIMAL: &str = "
extends: ground
namespace: demo
defaults:
  service: { ports: { http: { number: 80, target: 8080 } } }
  version: { image: 'example/app:1' }
  client: { image: 'example/client:1' }
";

/// Base, with [`MINIMAL`] over it.
struct Minimal;

impl Library for Minimal {
    fn load(&mut self, name: &str, _near: FileId, files: &mut SourceMap) -> Loaded {
        let text = if name == "ground" { include_str!("../../profiles/base.yaml") } else { MINIMAL };
        files.add(name, text).map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The profiles that come along.
struct Builtins;

impl Library for Builtins {
    fn load(&mut self, name: &str, _near: FileId, files: &mut SourceMap) -> Loaded {
        let text = PROFILES.iter().find(|it| it.name == name).map(|it| it.text);
        text.and_then(|text| files.add(name, text)).map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The profile of an example, laid over a minimal one.
fn profile(text: &str) -> (SourceMap, Profile) {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("example.yaml", text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Minimal, &mut files, &mut diags);
    assert!(profile.is_ok(), "{text}\n{:#?}", diags.sorted());
    (files, profile.unwrap())
}

/// What rules find in an example, each with its line; line 0 is outside of it.
pub fn found(rules: &[&Rule<Profile>], text: &str) -> Vec<(usize, Diagnostic)> {
    let (files, profile) = profile(text);
    let mut diags = Diagnostics::default();
    for rule in rules {
        rule.apply(&profile, &mut diags);
    }
    let line = |it: &Diagnostic| {
        files.locate(it.span).filter(|it| it.path == "example.yaml").map_or(0, |place| place.line)
    };
    diags.sorted().into_iter().map(|it| (line(it), it.clone())).collect()
}

/// Fails unless the rule finds nothing in the example.
pub fn assert_silent(rule: &Rule<Profile>, text: &str) {
    assert_eq!(messages(&[rule], text), Vec::<String>::new(), "{text}");
}

/// What rules say of an example.
pub fn messages(rules: &[&Rule<Profile>], text: &str) -> Vec<String> {
    let say = |(line, it): &(usize, Diagnostic)| {
        format!(
            "{line}: {} {}: {} ({})",
            it.code.id,
            it.code.name,
            it.message,
            it.help.as_deref().unwrap_or("")
        )
    };
    found(rules, text).iter().map(say).collect()
}

fn marked(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate().filter(|(_, it)| it.ends_with("#~"));
    lines.map(|(index, _)| index + 1).collect()
}

#[test]
fn every_rule_proves_its_own_documentation() {
    let mut wrong: Vec<String> = Vec::new();
    for rule in RULES {
        let mut lines: Vec<usize> = found(&[rule], rule.bad).iter().map(|(line, _)| *line).collect();
        lines.dedup();
        if lines != marked(rule.bad) || lines.is_empty() {
            wrong.push(format!(
                "{} {} bad:{}{:#?}",
                rule.code,
                rule.name,
                rule.bad,
                messages(&[rule], rule.bad)
            ));
        }
        let noise = messages(RULES, rule.good);
        if !noise.is_empty() {
            wrong.push(format!("{} {} good:{}{noise:#?}", rule.code, rule.name, rule.good));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_ascend_and_names_are_unique() {
    assert!(RULES.is_sorted_by(|a, b| a.code < b.code));
    let mut names: Vec<&str> = RULES.iter().map(|it| it.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|it| it[0] != it[1]), "{names:?}");
}

#[test]
fn every_rule_speaks_as_the_house_does() {
    for rule in RULES {
        for (_, finding) in found(&[rule], rule.bad) {
            let texts =
                [Some(finding.message.as_str()), finding.help.as_deref(), Some(finding.label.as_str())];
            for text in texts.into_iter().flatten() {
                let first = text.split(' ').next().unwrap_or_default();
                // Names of programs and standards keep their capitals.
                let small = !first.starts_with(char::is_uppercase)
                    || ["Kubernetes", "Istio", "Envoy", "Flagger", "Argo"].contains(&first)
                    || first.chars().nth(1).is_some_and(char::is_uppercase);
                assert!(!text.ends_with('.') && small, "{}: {text}", rule.code);
                assert!(!text.contains("invalid"), "{}: {text}", rule.code);
            }
        }
        assert!(rule.why.ends_with('.'), "{}: `why` is made of sentences", rule.code);
    }
}

#[test]
fn the_profiles_that_come_along_have_no_mistake() {
    for builtin in PROFILES.iter().filter(|it| !it.name.starts_with("base")) {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add(builtin.name, builtin.text).unwrap();
        let profile =
            Resolver::default().profile(file, &Wish::default(), &mut Builtins, &mut files, &mut diags);
        for rule in RULES {
            rule.apply(profile.as_ref().unwrap(), &mut diags);
        }
        let said: Vec<&str> = diags.sorted().iter().map(|it| it.message.as_str()).collect();
        assert_eq!(said, Vec::<&str>::new(), "{}", builtin.name);
    }
}
