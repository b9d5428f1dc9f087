//! Findings as one JSON array: the form that scripts and editors read, and that we keep stable.

use serde::Serialize;

use crate::diag::{Diagnostic, Object};
use crate::source::{SourceMap, Span};

/// A JSON array with one object per finding, in the given order, ended by a line break.
///
/// Every key is always there; what a finding does not have is `null` or an empty array. Lines and columns
/// count from 1, columns in characters; `endColumn` is the column after the last character. A fix that is not `safe` is
/// only what was probably meant: `--fix` leaves it to people.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], files: &SourceMap) -> String {
    let findings: Vec<Finding> = diagnostics.iter().map(|it| finding(it, files)).collect();
    // Structs of strings and numbers always have a JSON form, so the default never shows.
    let mut text = serde_json::to_string_pretty(&findings).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    code: &'a str,
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    kind: Option<&'a str>,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
    equivalents: &'a [&'a str],
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    replacement: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    safe: bool,
}

fn finding<'a>(diagnostic: &'a Diagnostic, files: &'a SourceMap) -> Finding<'a> {
    let start = files.locate(diagnostic.span);
    let end = files.locate_end(diagnostic.span);
    let object = diagnostic.object.as_deref();
    Finding {
        code: diagnostic.code.id,
        rule: diagnostic.code.name,
        level: diagnostic.severity.word(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: start.as_ref().map(|it| it.path),
        line: start.as_ref().map(|it| it.line),
        column: start.as_ref().map(|it| it.column),
        end_line: end.as_ref().map(|it| it.line),
        end_column: end.as_ref().map(|it| it.column),
        kind: object.map(|it| it.kind.as_str()),
        namespace: object.and_then(namespace),
        name: object.map(|it| it.name.as_str()),
        equivalents: diagnostic.code.equivalents,
        related: diagnostic.related.iter().filter_map(|it| related(it, files)).collect(),
        fix: fix(diagnostic, files),
    }
}

/// A cluster-wide object is in no namespace, which is not the same as in one without a name.
fn namespace(object: &Object) -> Option<&str> {
    Some(object.namespace.as_str()).filter(|it| !it.is_empty())
}

fn related<'a>((span, message): &'a (Span, String), files: &'a SourceMap) -> Option<Related<'a>> {
    let start = files.locate(*span)?;
    Some(Related { message, file: start.path, line: start.line, column: start.column })
}

fn fix<'a>(diagnostic: &'a Diagnostic, files: &SourceMap) -> Option<Fix<'a>> {
    let replacement = diagnostic.fix.as_deref()?;
    let start = files.locate(diagnostic.span)?;
    let end = files.locate_end(diagnostic.span)?;
    let (line, column) = (start.line, start.column);
    let (end_line, end_column, safe) = (end.line, end.column, diagnostic.is_safe());
    Some(Fix { replacement, line, column, end_line, end_column, safe })
}

#[cfg(test)]
mod tests {
    use crate::diag::json::render;
    use crate::diag::{Code, Diagnostic, Object};
    use crate::source::{SourceMap, Span};

    const CODE: Code = Code { id: "MG3001", name: "unknown-subset", equivalents: &["IST0101", "KIA1107"] };

    #[test]
    fn no_findings_are_an_empty_array() {
        assert_eq!(render(&[], &SourceMap::default()), "[]\n");
    }

    #[test]
    fn a_finding_without_a_place_still_has_every_key() {
        let finding = Diagnostic::error(CODE, Span::NONE, "`hello` has \"no\" subset");
        let expected = r#"[
  {
    "code": "MG3001",
    "rule": "unknown-subset",
    "level": "error",
    "message": "`hello` has \"no\" subset",
    "help": null,
    "file": null,
    "line": null,
    "column": null,
    "endLine": null,
    "endColumn": null,
    "kind": null,
    "namespace": null,
    "name": null,
    "equivalents": [
      "IST0101",
      "KIA1107"
    ],
    "related": [],
    "fix": null
  }
]
"#;
        assert_eq!(render(&[&finding], &SourceMap::default()), expected);
    }

    #[test]
    fn a_full_finding_says_where_and_whose_and_how_to_mend_it() {
        let mut files = SourceMap::default();
        files.add("routes.yaml", "größe: 1\r\nsubset: v9\r\n").unwrap();
        let other = files.add("./rules.yaml", "\u{feff}name: v1\n").unwrap();
        let name = files.start(other) + 9;
        let mut finding = Diagnostic::warning(CODE, Span { lo: 21, hi: 23 }, "no subset `v9`")
            .related(Span { lo: name, hi: name + 2 }, "the only subset")
            .suggest("v9", ["v1"]);
        finding.object = Some(Box::new(Object {
            kind: "VirtualService".into(),
            namespace: String::new(),
            name: "hello".into(),
        }));
        let expected = r#"[
  {
    "code": "MG3001",
    "rule": "unknown-subset",
    "level": "warning",
    "message": "no subset `v9`",
    "help": "did you mean `v1`?",
    "file": "routes.yaml",
    "line": 2,
    "column": 9,
    "endLine": 2,
    "endColumn": 11,
    "kind": "VirtualService",
    "namespace": null,
    "name": "hello",
    "equivalents": [
      "IST0101",
      "KIA1107"
    ],
    "related": [
      {
        "message": "the only subset",
        "file": "./rules.yaml",
        "line": 1,
        "column": 7
      }
    ],
    "fix": {
      "replacement": "v1",
      "line": 2,
      "column": 9,
      "endLine": 2,
      "endColumn": 11,
      "safe": false
    }
  }
]
"#;
        assert_eq!(render(&[&finding], &files), expected);
    }
}
