//! What comments and annotations allow.

use crate::diag::{Code, Diagnostic, Diagnostics, Object};
use crate::mesh::Cluster;
use crate::source::{SourceMap, Span};
use crate::units::date::Date;
use crate::verdict::allow::apply;

const SUBSET: Code = Code { id: "MG3501", name: "unknown-subset", equivalents: &[] };
const KEY: Code = Code { id: "MG1004", name: "unknown-key", equivalents: &[] };

/// What is left of a finding of `SUBSET` and one of `KEY` at each `v9`, with their lines.
fn left(text: &str, as_of: Option<&str>) -> Vec<String> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("a.yaml", text).unwrap();
    for (at, _) in text.match_indices("v9") {
        let lo = files.start(file) + u32::try_from(at).unwrap();
        for code in [SUBSET, KEY] {
            diags.push(Diagnostic::error(code, Span { lo, hi: lo + 2 }, "no"));
        }
    }
    let day = as_of.map(|it| Date::parse(it).unwrap());
    apply(&[file], None, day, &files, &mut diags);
    let line = |it: &&Diagnostic| {
        let mut parts = vec![files.locate(it.span).unwrap().line.to_string(), it.code.id.to_owned()];
        parts.extend(it.related.iter().map(|it| format!("({})", it.1)));
        parts.join(" ")
    };
    diags.sorted().iter().map(line).collect()
}

#[test]
fn a_comment_behind_a_line_is_about_the_line() {
    let text = "x: 1\nsubset: v9 # meshgen: allow unknown-subset why not\nsubset: v9\n";
    assert_eq!(left(text, None), ["2 MG1004", "3 MG3501", "3 MG1004"]);
}

#[test]
fn a_comment_on_a_line_of_its_own_is_about_the_next() {
    let text = "x: 1\n# meshgen: allow unknown-subset,MG1004 why not\n# another\n\nsubset: v9\nsubset: v9\n";
    assert_eq!(left(text, None), ["6 MG3501", "6 MG1004"]);
}

#[test]
fn a_comment_at_the_head_is_about_the_document() {
    for head in ["", "---\n", "# Source: a.yaml\n---\n", "a: v8\n---\n"] {
        let text = format!("{head}# meshgen: allow unknown-subset why not\nx: 1\nsubset: v9\n---\ny: v9\n");
        let lines = text.lines().count();
        assert_eq!(
            left(&text, None),
            [format!("{} MG1004", lines - 2), format!("{lines} MG3501"), format!("{lines} MG1004")],
            "{text}"
        );
    }
}

#[test]
fn what_is_in_no_comment_allows_nothing() {
    let text = "x: \"meshgen: allow unknown-subset why\"\ny#: v9# meshgen: allow unknown-subset why\n";
    assert_eq!(left(text, None), ["2 MG3501", "2 MG1004"]);
}

#[test]
fn an_allowance_that_allows_nothing_or_says_too_little_is_told() {
    let text = "x: 1 # meshgen: allow unknown-subset why not\nsubset: v9 # meshgen: allow MG3501\n";
    assert_eq!(left(text, None), ["1 MG1053", "2 MG3501", "2 MG1004", "2 MG1052"]);
}

#[test]
fn an_allowance_ends_when_somebody_says_what_day_it_is() {
    let text = "x: v9 # meshgen: allow MG3501,MG1004 why not until 2027-01-31\n";
    assert_eq!(left(text, None), [""; 0]);
    assert_eq!(left(text, Some("2027-01-31")), [""; 0]);
    assert_eq!(
        left(text, Some("2027-02-01")),
        [
            "1 MG3501 (allowed until 2027-01-31, which has passed)",
            "1 MG1004 (allowed until 2027-01-31, which has passed)"
        ]
    );
}

#[test]
fn an_annotation_is_about_its_object() {
    let cluster = Cluster::parse(
        "
apiVersion: v1
kind: Service
metadata:
  name: a
  annotations: { meshgen.io/allow: MG3501 why not; MG1004 }
",
    );
    let mut diags = Diagnostics::default();
    for (name, code) in [("a", SUBSET), ("a", KEY), ("b", SUBSET)] {
        let mut finding = Diagnostic::error(code, Span::NONE, name);
        let (kind, namespace) = ("Service".to_owned(), String::new());
        finding.object = Some(Box::new(Object { kind, namespace, name: name.to_owned() }));
        diags.push(finding);
    }
    assert_eq!(apply(&[], Some(&cluster), None, &SourceMap::default(), &mut diags), 1);
    let codes: Vec<&str> = diags.sorted().iter().map(|it| it.code.id).collect();
    assert_eq!(codes, ["MG1004", "MG3501", "MG1052"]);
}

#[test]
fn ten_thousand_allowances_of_ten_thousand_findings_take_no_time() {
    let text = "x: v9 # meshgen: allow MG3501,MG1004 why not\n".repeat(10_000);
    assert_eq!(left(&text, None), [""; 0]);
}
