//! `--fix`: what has exactly one safe remedy is mended, and every other byte stays.

mod diff;

use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap, Span};
use crate::yaml::parse_all;

pub use diff::diff;

/// A text in place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// The safe remedies among findings, in order, none over another: where two meet, the first stays.
pub fn edits(findings: &[&Diagnostic]) -> Vec<Edit> {
    let edit = |it: &&Diagnostic| {
        let text = it.fix.clone().filter(|_| it.is_safe() && it.span.is_some())?;
        Some(Edit { span: it.span, text })
    };
    let mut edits: Vec<Edit> = findings.iter().filter_map(edit).collect();
    edits.sort_by(|a, b| (a.span, &a.text).cmp(&(b.span, &b.text)));
    let mut end = 0;
    edits.retain(|it| {
        let is_free = it.span.lo >= end;
        if is_free {
            // Two that put something between the same two bytes are two of one place as well.
            end = it.span.hi.max(it.span.lo + 1);
        }
        is_free
    });
    edits
}

/// The text of a file after the edits that lie in it; `None` if there are none, or if what comes out is no longer read
/// as documents of the same number.
///
/// An edit that would spoil the file is left out, and the others are made.
pub fn mend(file: FileId, edits: &[Edit], files: &SourceMap) -> Option<String> {
    let own: Vec<&Edit> = edits.iter().filter(|it| files.file_of(it.span) == Some(file)).collect();
    let text = files.text(file);
    let count = documents(text)?;
    let is_whole = |text: &str| documents(text) == Some(count);
    let start = files.start(file);
    let whole = apply(text, start, &own);
    if own.is_empty() || whole == text {
        return None;
    }
    if is_whole(&whole) {
        return Some(whole);
    }
    let good: Vec<&Edit> = own.into_iter().filter(|it| is_whole(&apply(text, start, &[it]))).collect();
    let rest = apply(text, start, &good);
    (rest != text && is_whole(&rest)).then_some(rest)
}

/// How many documents a text holds; `None` if it cannot be read.
fn documents(text: &str) -> Option<usize> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("", text)?;
    parse_all(file, &files, &mut diags).ok().map(|it| it.len())
}

fn apply(text: &str, start: u32, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (lo, hi) = ((edit.span.lo - start) as usize, (edit.span.hi - start) as usize);
        let (Some(before), true) = (text.get(done..lo), text.is_char_boundary(hi)) else { continue };
        out.extend([before, &edit.text]);
        done = hi;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Edit, edits, mend};
    use crate::diag::{Code, Diagnostic, code};
    use crate::source::{SourceMap, Span};

    fn mended(text: &str, findings: &[Diagnostic]) -> Option<String> {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        let findings: Vec<&Diagnostic> = findings.iter().collect();
        mend(file, &edits(&findings), &files)
    }

    /// The word of `text` is to be another.
    fn fix(text: &str, word: &str, other: &str) -> Diagnostic {
        let lo = u32::try_from(text.find(word).unwrap()).unwrap() + 1;
        let span = Span { lo, hi: lo + u32::try_from(word.len()).unwrap() };
        let mut finding = Diagnostic::error(code::BAD_VALUE, span, "no");
        finding.fix = Some(other.to_owned());
        finding
    }

    #[test]
    fn everything_but_the_mistake_stays_as_it_was() {
        let text = "# größe\r\nhots:   [a]   # why\r\nmode: STRICTT\r\n";
        let findings =
            [fix(text, "STRICTT", "STRICT"), fix(text, "hots", "hosts"), fix(text, "hots", "hosts")];
        let expected = "# größe\r\nhosts:   [a]   # why\r\nmode: STRICT\r\n";
        assert_eq!(mended(text, &findings).as_deref(), Some(expected));
    }

    #[test]
    fn what_would_spoil_the_file_is_left_out() {
        let text = "hosts: [a]\nhots: [b]\nmode: X\n";
        let findings = [fix(text, "hots", "hosts"), fix(text, "X", "Y"), fix(text, "[b]", "\n---\n[")];
        assert_eq!(mended(text, &findings).as_deref(), Some("hosts: [a]\nhots: [b]\nmode: Y\n"));
        assert_eq!(mended(text, &findings[..1]), None);
    }

    #[test]
    fn a_guess_is_no_remedy_unless_the_word_is_of_the_language() {
        let guess =
            |code: Code| Diagnostic::error(code, Span { lo: 4, hi: 6 }, "no").suggest("v9", ["v1"]).is_safe();
        assert!(guess(code::UNKNOWN_KEY));
        assert!(!guess(Code { id: "MG3501", name: "unknown-subset", equivalents: &[] }));
    }

    #[test]
    fn of_two_edits_that_meet_the_first_stays() {
        let edit = |lo, hi, text: &str| Edit { span: Span { lo, hi }, text: text.to_owned() };
        let mut findings = Vec::new();
        for it in [edit(5, 9, "b"), edit(1, 6, "a"), edit(6, 7, "c"), edit(9, 9, "d"), edit(9, 9, "e")] {
            let mut finding = Diagnostic::error(code::BAD_VALUE, it.span, "no");
            finding.fix = Some(it.text);
            findings.push(finding);
        }
        let findings: Vec<&Diagnostic> = findings.iter().collect();
        let texts: Vec<String> = edits(&findings).into_iter().map(|it| it.text).collect();
        assert_eq!(texts, ["a", "c", "d"]);
    }
}
