//! Findings that were there before: an old repository starts with only the new ones failing.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::{SourceMap, Spanned, Text};
use crate::yaml::{Node, read, record};

/// What a finding is known by. Lines move; code, object and words stay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Print {
    /// The code of the rule.
    pub code: String,
    /// The object, as `VirtualService shop/reviews`; of what is about none, the path of the file.
    pub at: String,
    /// The message.
    pub message: String,
}

impl Print {
    fn of(finding: &Diagnostic, files: &SourceMap) -> Self {
        let at = match finding.object.as_deref() {
            Some(it) if it.namespace.is_empty() => format!("{} {}", it.kind, it.name),
            Some(it) => format!("{} {}/{}", it.kind, it.namespace, it.name),
            None => files.locate(finding.span).map(|it| it.path.to_owned()).unwrap_or_default(),
        };
        Self { code: finding.code.id.to_owned(), at, message: finding.message.clone() }
    }
}

/// What a baseline records: each print, and how many times.
#[derive(Clone, Debug, Default)]
pub struct Baseline(BTreeMap<Print, u32>);

#[derive(Debug)]
struct Document {
    findings: Vec<Entry>,
}

record!(Document "a baseline" { findings });

#[derive(Debug)]
struct Entry {
    code: Text,
    at: Text,
    message: Text,
    times: Option<Spanned<u32>>,
}

record!(Entry "a finding of a baseline" { code, at, message, times });

const HEAD: &str = "\
# What `meshgen lint` found when this file was written: known, and no longer told. The file should only shrink:
# `meshgen lint --write-baseline` leaves out what is mended.
";

impl Baseline {
    /// Every finding of now, save that a file cannot be read: what else is wrong with it is not known yet.
    pub fn of(diags: &Diagnostics, files: &SourceMap) -> Self {
        let mut prints = BTreeMap::new();
        let lasting = |it: &&Diagnostic| !code::UNREADABLE.contains(&it.code);
        for finding in diags.sorted().into_iter().filter(lasting) {
            *prints.entry(Print::of(finding, files)).or_default() += 1;
        }
        Self(prints)
    }

    /// Reads one; `None` after an error has been told.
    pub fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let document: Document =
            if node.is_null() { Document { findings: Vec::new() } } else { read(node, diags)? };
        let mut prints = BTreeMap::new();
        for Entry { code, at, message, times } in document.findings {
            let word = |it: Text| it.value.to_string();
            let print = Print { code: word(code), at: word(at), message: word(message) };
            *prints.entry(print).or_default() += times.map_or(1, |it| it.value);
        }
        Some(Self(prints))
    }

    /// Its text: sorted, one line a fact, so that a review reads what is new.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        text.push_str(if self.0.is_empty() { "findings: []\n" } else { "findings:\n" });
        for (Print { code, at, message }, times) in &self.0 {
            let _ = writeln!(text, "- code: {code}\n  at: {}\n  message: {}", quoted(at), quoted(message));
            if *times > 1 {
                let _ = writeln!(text, "  times: {times}");
            }
        }
        text
    }

    /// How many findings it records.
    pub fn len(&self) -> usize {
        self.0.values().map(|it| *it as usize).sum()
    }

    /// Whether it records none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes out what is known; how many findings that were, and which entries no longer occur as often as recorded.
    pub fn apply(&self, files: &SourceMap, diags: &mut Diagnostics) -> (usize, Vec<Print>) {
        let mut left = self.0.clone();
        let before = diags.len();
        diags.retain(|finding| match left.get_mut(&Print::of(finding, files)) {
            Some(times) if *times > 0 => {
                *times -= 1;
                false
            }
            _ => true,
        });
        let gone = left.into_iter().filter(|(_, times)| *times > 0).map(|(print, _)| print);
        (before - diags.len(), gone.collect())
    }
}

/// A text in double quotes, as JSON and YAML both read it.
fn quoted(text: &str) -> String {
    // A string always has a JSON form, so the default never shows.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Baseline;
    use crate::diag::{Code, Diagnostic, Diagnostics, Object};
    use crate::source::{SourceMap, Span};
    use crate::yaml::parse;

    fn found(messages: &[&str]) -> Diagnostics {
        let mut diags = Diagnostics::default();
        for (place, message) in messages.iter().enumerate() {
            let lo = u32::try_from(place).unwrap() + 1;
            let code = Code { id: "MG3501", name: "unknown-subset", equivalents: &[] };
            let mut finding = Diagnostic::error(code, Span { lo, hi: lo + 1 }, *message);
            if message.starts_with('a') {
                let [kind, namespace, name] = ["Service", "shop", "x"].map(str::to_owned);
                finding.object = Some(Box::new(Object { kind, namespace, name }));
            }
            diags.push(finding);
        }
        diags
    }

    #[test]
    fn a_baseline_is_read_as_it_was_written_and_hides_what_it_records() {
        let mut files = SourceMap::default();
        files.add("m.yaml", "0123456789\n").unwrap();
        let text = Baseline::of(&found(&["b \"q\": # x", "a", "a"]), &files).text();
        let expected = "findings:\n- code: MG3501\n  at: \"Service shop/x\"\n  message: \"a\"\n  times: 2\n\
                        - code: MG3501\n  at: \"m.yaml\"\n  message: \"b \\\"q\\\": # x\"\n";
        assert!(text.ends_with(expected), "{text}");
        let mut diags = Diagnostics::default();
        let file = files.add("baseline.yaml", text.clone()).unwrap();
        let baseline = Baseline::read(&parse(file, &files, &mut diags).unwrap(), &mut diags).unwrap();
        assert!(diags.is_empty());
        assert_eq!((baseline.text(), baseline.len()), (text, 3));
        let mut now = found(&["new", "a", "b \"q\": # x", "b \"q\": # x"]);
        let (known, gone) = baseline.apply(&files, &mut now);
        assert_eq!((known, now.len(), gone.len()), (2, 2, 1));
        assert_eq!(gone[0].message, "a");
    }

    #[test]
    fn a_baseline_of_nothing_is_one() {
        let text = Baseline::default().text();
        assert!(text.ends_with("findings: []\n"));
    }
}
