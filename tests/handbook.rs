//! The handbook: every page of every shipped scenario, in both places, and pages of profiles that mean no good.

use std::collections::{BTreeMap, BTreeSet};

use meshgen::builtin;
use meshgen::bundle::{Layout, bundle};
use meshgen::diag::Diagnostics;
use meshgen::handbook::{Book, Pictures, Place, handbook};
use meshgen::resolve::{Resolver, Wish};
use meshgen::source::SourceMap;
use proptest::prelude::*;

use crate::shipped;

/// The chapters of the document that the architecture page follows, in its order.
const CHAPTERS: &[&str] = &[
    "## Overview",
    "## Architecture Components",
    "### Core Services",
    "### Service Mesh Components",
    "## Traffic Flow",
    "### Request Path",
    "### Canary Deployment Flow",
    "## Security Model",
    "### mTLS Configuration",
    "### Authorization Policies",
    "## Configuration Management",
    "### Directory Structure",
    "### Environment Separation",
    "## Deployment Patterns",
    "### Blue-Green Deployment",
    "### Canary Deployment",
    "### Circuit Breaker",
    "## Observability",
    "### Metrics",
    "### Logging",
    "### Tracing",
    "## Best Practices",
    "### Resource Management",
    "### Security",
    "### Monitoring",
    "### Configuration",
];

const SCRIPTS: [&str; 8] = [
    "canary-step.sh",
    "cleanup.sh",
    "deploy.sh",
    "load.sh",
    "rollback.sh",
    "test-authz.sh",
    "test-mtls.sh",
    "test-routing.sh",
];

type Files = BTreeMap<String, String>;

/// The pages of a shipped scenario and, as empty files, what else stands in its bundle.
fn pages(name: &str, place: Place) -> (Files, BTreeSet<String>) {
    let (scenario, mesh) = shipped::compile(name);
    let scripts = SCRIPTS.map(str::to_owned);
    let book = Book {
        lesson: builtin::lesson(builtin::find(name).unwrap().text),
        asked: &["--profile".to_owned(), name.to_owned()],
        pictures: Some(Pictures { ascii: "+---+\n".to_owned(), svg: "<svg/>\n".to_owned() }),
        scripts: &scripts,
        place,
    };
    let files = handbook(&scenario, &mesh, &book).unwrap();
    let again = handbook(&scenario, &mesh, &book).unwrap();
    assert_eq!(files, again, "{name}");
    let mut there: BTreeSet<String> = scripts.iter().map(|it| format!("scripts/{it}")).collect();
    if place == Place::Seed {
        let namespace = &scenario.profile().namespace;
        there.extend(bundle(&mesh, name, namespace, Layout::Seed).files.into_iter().map(|it| it.path));
    }
    there.extend(files.iter().map(|it| it.path.clone()));
    (files.into_iter().map(|it| (it.path, it.text)).collect(), there)
}

fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|it| it.1 == "md")
}

fn each_page(mut judge: impl FnMut(&str, &str)) {
    for name in shipped::names() {
        for (path, text) in pages(name, Place::Alone).0.iter().filter(|(path, _)| is_page(path)) {
            judge(&format!("{name}/{path}"), text);
        }
    }
}

/// Lines that are no code.
fn prose(text: &str) -> Vec<&str> {
    let mut fence: Option<String> = None;
    let mut out = Vec::new();
    for line in text.lines() {
        match &fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => {
                let ticks = line.len() - line.trim_start_matches('`').len();
                fence = Some("`".repeat(ticks));
            }
            None => out.push(line),
        }
    }
    assert_eq!(fence, None, "a block of code has no end");
    out
}

/// A line without its code spans.
fn without_code(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let fence = "`".repeat(ticks);
        out.push_str(&rest[..start]);
        let inside = &rest[start + ticks..];
        let mut from = 0;
        let end = loop {
            let at = inside[from..].find(&fence).map_or_else(|| panic!("open: {line}"), |it| it + from);
            let run = inside[at..].len() - inside[at..].trim_start_matches('`').len();
            if run == ticks {
                break at + ticks;
            }
            from = at + run;
        };
        rest = &inside[end..];
    }
    out + rest
}

/// As GitHub makes anchors of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|it| it.starts_with('#'));
    let kept = |it: &char| it.is_alphanumeric() || "-_ ".contains(*it);
    let slug =
        |it: &str| it.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>();
    headings.map(|it| slug(it).replace(' ', "-")).collect()
}

/// The targets of all links of a page.
fn links(text: &str) -> Vec<String> {
    let lines: Vec<String> = prose(text).into_iter().map(without_code).collect();
    let text = lines.join("\n");
    let ends = text.match_indices("](").map(|(at, _)| &text[at + 2..]);
    ends.map(|it| it.split(')').next().unwrap().to_owned()).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for place in [Place::Seed, Place::Alone] {
        for name in shipped::names() {
            let (files, there) = pages(name, place);
            for (path, text) in files.iter().filter(|(path, _)| is_page(path)) {
                for link in links(text).iter().filter(|it| !it.starts_with("https://")) {
                    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                    let target = if file.is_empty() { path.clone() } else { beside(path, file) };
                    assert!(there.contains(&target), "{name}: {path} links to {link}");
                    let known = || anchors(&files[&target]);
                    assert!(anchor.is_empty() || known().contains(anchor), "{name}: {path} links to {link}");
                }
            }
        }
    }
}

/// A relative path, from the folder of a file.
fn beside(path: &str, link: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            parts.pop().unwrap();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn the_architecture_page_has_the_chapters_of_the_document() {
    for name in shipped::names() {
        let (files, _) = pages(name, Place::Alone);
        let text = prose(&files["architecture.md"]);
        let found: Vec<&str> = text.into_iter().filter(|it| it.starts_with("##")).collect();
        assert_eq!(found, CHAPTERS, "{name}");
    }
}

#[test]
fn no_line_ends_in_blanks_and_every_row_has_the_cells_of_its_head() {
    each_page(judge_form);
}

fn judge_form(place: &str, text: &str) {
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{place}");
    let (mut width, mut before) = (None, "");
    for line in prose(text) {
        assert_eq!(line, line.trim_end(), "{place}");
        let is_head = !before.starts_with('|');
        if !line.starts_with('|') {
            (width, before) = (None, line);
            continue;
        }
        assert!(!is_head || before.is_empty(), "{place}: a table runs into a paragraph: {before}");
        before = line;
        let cells = without_code(line).replace("\\|", "").matches('|').count();
        assert_eq!(*width.get_or_insert(cells), cells, "{place}: {line}");
    }
}

#[test]
fn what_is_said_to_show_a_thing_is_shipped() {
    each_page(|place, text| {
        for part in text.split("the shipped scenario `").skip(1) {
            let name = part.split('`').next().unwrap();
            assert!(builtin::find(name).is_some(), "{place}: there is no `{name}`");
        }
    });
}

#[test]
fn objects_that_commands_name_are_in_the_bundle() {
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        let known: BTreeSet<&str> = mesh.manifests().iter().map(|it| it.resource.name().as_str()).collect();
        for (path, text) in pages(name, Place::Alone).0 {
            for part in text.split(" deploy/").skip(1) {
                let named = part.split_whitespace().next().unwrap();
                assert!(known.contains(named), "{name}/{path}: {named}");
            }
        }
    }
}

/// A profile whose free texts are all this one.
fn pages_of(text: &str) -> Option<Vec<meshgen::bundle::File>> {
    let quoted = serde_json::to_string(text).unwrap();
    let profile = format!(
        r#"
namespace: demo
services:
  a:
    ports: {{ http: {{ number: 80 }} }}
    versions: {{ v1: {{ image: "x:1", env: {{ A: {quoted} }} }}, v2: {{ image: "x:1" }} }}
    routes:
      r: {{ match: {{ headers: {{ x-a: {quoted} }}, query: {{ q: {{ prefix: {quoted} }} }} }}, split: {{ v2: 100 }} }}
      {quoted}: {{ split: {{ v1: 90, v2: 10 }} }}
clients: {{ c: {{ image: "curl:1" }} }}
telemetry: {{ accessLog: {{ providers: [{quoted}], filter: {quoted} }}, tracing: {{ provider: {quoted}, tags: {{ t: {quoted} }} }} }}
authz:
  allow:
    r: {{ from: c, to: a, methods: GET, when: {{ "request.headers[x]": {quoted} }} }}
policyReview: {{ owner: {quoted}, reviewedOn: 2026-11-23, everyDays: 30 }}
expect:
  {quoted}: {{ from: c, to: a, get: /, headers: {{ x-a: {quoted} }}, only: v2 }}
"#
    );
    told_of(&profile, text)
}

/// The pages of a profile that compiles.
fn told_of(profile: &str, lesson: &str) -> Option<Vec<meshgen::bundle::File>> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("hostile.yaml", profile).unwrap();
    let resolved =
        Resolver::default().profile(file, &Wish::default(), &mut shipped::Builtins, &mut files, &mut diags);
    let (scenario, mesh) = meshgen::compile("hostile".into(), resolved.ok()?, &mut diags).ok()?;
    let asked = ["--profile".to_owned(), lesson.to_owned()];
    let book = Book { lesson, asked: &asked, pictures: None, scripts: &[], place: Place::Alone };
    Some(handbook(&scenario, &mesh, &book).unwrap())
}

#[test]
fn a_load_fails_the_versions_whose_variables_name_its_header() {
    let fails = |variable: &str, status: &str| {
        let profile = format!(
            "extends: circuit-breaker\nservices: {{ hello: {{ versions: {{ v1: {{ env: {{ FAIL_ON: {variable} }} }} }} }} }}\n\
             load: {{ failure: {{ headers: {{ x-other: \"{status}\" }} }} }}\n"
        );
        let pages = told_of(&profile, "").unwrap();
        let runbook = pages.iter().find(|it| it.path == "runbook.md").unwrap();
        let told = runbook.text.lines().find_map(|it| it.strip_prefix("Told by that header, "));
        told.unwrap_or_default().split(" answer").next().unwrap_or_default().to_owned()
    };
    assert_eq!(fails("x-none", "503"), "`v2`", "the shipped one");
    assert_eq!(fails("X-Other", "503"), "`v1` and `v2`", "whatever the variable is called");
    assert_eq!(fails("x-other", "403"), "`v2`", "no failure of the server");
    assert_eq!(fails("x-other", "5"), "`v2`", "no status");
}

#[test]
fn a_profile_of_odd_texts_is_one_that_compiles() {
    for text in ["a|b", "`", "```\n# c", "$(x) ${y} $z", "'\"\\", "a\u{7}b", "# x", "[a](b)", "<b>&amp;"] {
        let pages = pages_of(text).unwrap_or_default();
        for page in &pages {
            judge_form(&format!("{text:?}: {}", page.path), &page.text);
        }
    }
}

proptest! {
    /// Tables keep their cells, blocks their ends, spans their ticks, and no heading is added.
    #[test]
    fn no_text_of_a_profile_becomes_mark_up(text in "[a`|\\\\$'\"\n<>&#*\\[\\](){} ~-]{1,12}") {
        let plain: Vec<usize> = headings("plain");
        if let Some(pages) = pages_of(&text) {
            for page in &pages {
                judge_form(&page.path, &page.text);
            }
            let found: Vec<usize> = pages.iter().map(|it| count(&it.text)).collect();
            prop_assert_eq!(found, plain);
        }
    }
}

fn headings(text: &str) -> Vec<usize> {
    pages_of(text).unwrap().iter().map(|it| count(&it.text)).collect()
}

fn count(text: &str) -> usize {
    prose(text).into_iter().filter(|it| it.starts_with('#')).count()
}
