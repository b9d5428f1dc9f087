//! The whole catalogue: as a table, as JSON, as a page of the documentation.

use std::fmt::Write;

use serde::Serialize;

use crate::catalogue::{About, Entry, entries};
use crate::lint::{UNDECIDABLE, Undecidable};

/// A line a code.
pub fn human() -> String {
    let mut text = String::new();
    let widest = entries().iter().map(|it| it.name.len()).max().unwrap_or_default();
    for Entry { code, name, severity, about, equivalents, .. } in entries() {
        let line = format!(
            "{code}  {:7}  {:9}  {name:widest$}  {}",
            severity.word(),
            about.word(),
            equivalents.join(" ")
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

#[derive(Serialize)]
struct Row {
    code: &'static str,
    rule: &'static str,
    level: &'static str,
    about: &'static str,
    equivalents: &'static [&'static str],
    why: &'static str,
    bad: String,
    good: String,
}

/// One array with an object a code.
pub fn json() -> String {
    let example = |text: &str| format!("{}\n", text.trim_matches('\n'));
    let row = |it: &Entry| Row {
        code: it.code,
        rule: it.name,
        level: it.severity.word(),
        about: it.about.word(),
        equivalents: it.equivalents,
        why: it.why,
        bad: example(it.bad),
        good: example(it.good),
    };
    let rows: Vec<Row> = entries().iter().map(row).collect();
    // Structs of strings always have a JSON form, so the default never shows.
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

const INTRODUCTION: &str = "\
# Rules

Every code that meshgen may tell. `meshgen explain CODE` prints one of them with an example that has the mistake and
one that has not; it takes the names of other tools, too (`meshgen explain IST0101`). This page is printed by
`meshgen rules -o markdown`: do not edit it.

A level can be changed in `.meshgen.yaml` (`rules: { CODE: off | info | warning | error }`) or by
`--rule CODE=LEVEL`; a single finding is allowed by a comment: `# meshgen: allow RULE reason`.
";

/// A page with a table for each kind of input.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    let parts = [
        (About::Manifests, "About manifests"),
        (About::Profiles, "About profiles"),
        (About::Input, "About the text of any input"),
    ];
    for (about, title) in parts {
        let _ = write!(
            text,
            "\n## {title}\n\n| code | rule | level | elsewhere | why |\n| --- | --- | --- | --- | --- |\n"
        );
        for it in entries().iter().filter(|it| it.about == about) {
            let (level, others) = (it.severity.word(), it.equivalents.join(", "));
            let why = cell(it.why);
            let _ = writeln!(text, "| {} | `{}` | {level} | {others} | {why} |", it.code, it.name);
        }
    }
    text.push_str(
        "\n## What no files can tell\n\nCodes of Istio and Kiali that ask more than manifests hold.\n\n\
         | code | why |\n| --- | --- |\n",
    );
    for Undecidable { id, reason } in UNDECIDABLE {
        let _ = writeln!(text, "| {id} | {} |", cell(reason));
    }
    text
}

/// What no files can tell: a line a code of another tool.
pub fn undecidable_human() -> String {
    let mut text = String::new();
    for Undecidable { id, reason } in UNDECIDABLE {
        let _ = writeln!(text, "{id}  {reason}");
    }
    text
}

/// What no files can tell: one array with an object a code of another tool.
pub fn undecidable_json() -> String {
    #[derive(Serialize)]
    struct Row {
        code: &'static str,
        reason: &'static str,
    }
    let rows: Vec<Row> = UNDECIDABLE.iter().map(|it| Row { code: it.id, reason: it.reason }).collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

/// Words that cannot end their cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}
