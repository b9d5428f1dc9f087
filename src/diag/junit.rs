//! Findings as JUnit XML, which CI systems list as tests.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diag::{Diagnostic, Severity};
use crate::source::SourceMap;

/// One suite a file, one case a finding; a file without findings has one case that passes.
///
/// A finding below `fail_on` is a case that passes and says so on its output. Findings without a place are in a suite
/// of their own.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], files: &SourceMap, judged: &[&str], fail_on: Severity) -> String {
    let mut suites: BTreeMap<&str, Vec<&Diagnostic>> = judged.iter().map(|it| (*it, Vec::new())).collect();
    for it in diagnostics {
        let path = files.locate(it.span).map_or("(no place)", |it| it.path);
        suites.entry(path).or_default().push(it);
    }
    let fails = |it: &&&Diagnostic| it.severity >= fail_on;
    let failures = diagnostics.iter().filter(fails).count();
    let tests: usize = suites.values().map(|it| it.len().max(1)).sum();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites name=\"meshgen lint\" tests=\"{tests}\" failures=\"{failures}\">");
    for (path, findings) in suites {
        let (tests, failures) = (findings.len().max(1), findings.iter().filter(fails).count());
        let name = escaped(path);
        let _ = writeln!(text, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">");
        if findings.is_empty() {
            let _ = writeln!(text, "    <testcase classname=\"{name}\" name=\"lint\"/>");
        }
        for it in findings {
            case(&mut text, it, files, &name, fail_on);
        }
        text.push_str("  </testsuite>\n");
    }
    text + "</testsuites>\n"
}

fn case(text: &mut String, finding: &Diagnostic, files: &SourceMap, class: &str, fail_on: Severity) {
    let line = files.locate(finding.span).map(|it| format!("{}:{}:{}", it.path, it.line, it.column));
    let place = line.as_deref().map(|it| format!(" at {it}")).unwrap_or_default();
    let name = escaped(&format!("{} {}{place}", finding.code.id, finding.code.name));
    let help = finding.help.as_ref().map(|it| format!("\nhelp: {it}")).unwrap_or_default();
    let place = line.map(|it| format!("\n{it}")).unwrap_or_default();
    let (level, message) = (finding.severity.word(), escaped(&finding.message));
    let body = escaped(&format!("{}{help}{place}", finding.message));
    let _ = writeln!(text, "    <testcase classname=\"{class}\" name=\"{name}\">");
    let _ = if finding.severity >= fail_on {
        writeln!(text, "      <failure type=\"{level}\" message=\"{message}\">{body}</failure>")
    } else {
        writeln!(text, "      <system-out>{level}: {body}</system-out>")
    };
    text.push_str("    </testcase>\n");
}

/// A text that ends neither its element nor its attribute, and has no character that XML 1.0 forbids.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diag::{Code, Diagnostic, Severity};
    use crate::source::{SourceMap, Span};

    const CODE: Code = Code { id: "MG3501", name: "unknown-subset", equivalents: &[] };

    #[test]
    fn files_are_suites_and_findings_are_cases() {
        let mut files = SourceMap::default();
        files.add("a.yaml", "a: 1\n").unwrap();
        let there = Diagnostic::error(CODE, Span { lo: 1, hi: 2 }, "no `<a>` & \"b\"\u{1}").help("]]>");
        let nowhere = Diagnostic::warning(CODE, Span::NONE, "hm");
        let text = render(&[&there, &nowhere], &files, &["a.yaml", "b.yaml"], Severity::Error);
        let xml = roxmltree::Document::parse(&text).unwrap();
        let root = xml.root_element();
        assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("3"), Some("1")));
        let suites: Vec<_> = root.children().filter_map(|it| it.attribute("name")).collect();
        assert_eq!(suites, ["(no place)", "a.yaml", "b.yaml"]);
        let failure = xml.descendants().find(|it| it.has_tag_name("failure")).unwrap();
        assert_eq!(failure.attribute("message"), Some("no `<a>` & \"b\"\u{fffd}"));
        assert_eq!(failure.text(), Some("no `<a>` & \"b\"\u{fffd}\nhelp: ]]>\na.yaml:1:1"));
    }

    #[test]
    fn nothing_judged_is_a_document_too() {
        let text = render(&[], &SourceMap::default(), &[], Severity::Error);
        assert!(roxmltree::Document::parse(&text).is_ok());
    }
}
