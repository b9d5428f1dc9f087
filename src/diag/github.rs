//! Findings as commands of GitHub's workflows, which shows them beside the changed lines.

use std::fmt::Write;

use crate::diag::{Diagnostic, Severity};
use crate::source::SourceMap;

/// A line a finding, in the given order; empty if there are none.
///
/// Source: "Workflow commands for GitHub Actions" of GitHub's documentation.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], files: &SourceMap) -> String {
    let mut text = String::new();
    for it in diagnostics {
        let command = match it.severity {
            Severity::Info => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let title = property(&format!("{} {}", it.code.id, it.code.name));
        let place = place(it, files);
        let help = it.help.as_ref().map(|it| format!("\nhelp: {it}")).unwrap_or_default();
        let message = data(&format!("{}{help}", it.message));
        let _ = writeln!(text, "::{command} {place}title={title}::{message}");
    }
    text
}

fn place(diagnostic: &Diagnostic, files: &SourceMap) -> String {
    let (Some(start), Some(end)) = (files.locate(diagnostic.span), files.locate_end(diagnostic.span)) else {
        return String::new();
    };
    let file = property(start.path.trim_start_matches("./"));
    // Columns are heeded only within one line; the last is that of the last character.
    let last = end.column.saturating_sub(1).max(start.column);
    let end_column = if end.line == start.line { format!(",endColumn={last}") } else { String::new() };
    format!("file={file},line={},endLine={},col={}{end_column},", start.line, end.line, start.column)
}

/// What stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{SourceMap, Span};

    const CODE: Code = Code { id: "MG3501", name: "unknown-subset", equivalents: &[] };

    #[test]
    fn a_finding_is_one_line_whatever_it_holds() {
        let mut files = SourceMap::default();
        files.add("./a,b:c.yaml", "a: 1\nsubset: v9\n").unwrap();
        let there =
            Diagnostic::warning(CODE, Span { lo: 14, hi: 16 }, "100 % of `a\r\nb`").help("say: which");
        let nowhere = Diagnostic::error(CODE, Span::NONE, "::error::");
        assert_eq!(
            render(&[&there, &nowhere], &files),
            "::warning file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=9,endColumn=10,title=MG3501 unknown-subset::\
             100 %25 of `a%0D%0Ab`%0Ahelp: say: which\n\
             ::error title=MG3501 unknown-subset::::error::\n"
        );
    }
}
