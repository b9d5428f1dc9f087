//! `--set KEY=VALUE`: one more overlay, written on the command line.

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::{SourceMap, Span, Str, Text};
use crate::yaml::{self, Entry, Kind, Node, Scalar};

/// As deep as a file may nest; whatever walks a tree counts on it.
const DEEPEST: usize = 128;

/// The tree of one `--set`. Dots part keys, `\.` is a dot; a value in brackets or braces is YAML, `null` removes, and
/// anything else is a text that the field reads as its own type.
///
/// # Errors
/// No `=`, an empty key, or brackets that do not close.
pub(super) fn parse(set: &str, files: &mut SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
    let Some(file) = files.add("--set", set) else {
        return Err(diags.report(Diagnostic::error(code::BAD_SET, Span::NONE, "the inputs are too large")));
    };
    let start = files.start(file);
    let place = |lo: usize, hi: usize| Span {
        lo: start + u32::try_from(lo).unwrap_or_default(),
        hi: start + u32::try_from(hi).unwrap_or_default(),
    };
    let whole = place(0, set.len());
    let help = "write `--set services.hello.versions.v1.replicas=3`; dots part keys, `\\.` is a dot";
    let Some(equals) = set.find('=') else {
        let message = format!("`--set {set}` has no `=`");
        return Err(diags.report(Diagnostic::error(code::BAD_SET, whole, message).help(help)));
    };
    let keys = keys(&set[..equals]);
    if keys.iter().any(|(key, _, _)| key.is_empty()) {
        let message = format!("`--set {set}` has an empty key");
        return Err(diags.report(Diagnostic::error(code::BAD_SET, whole, message).help(help)));
    }
    if keys.len() > DEEPEST {
        let message =
            format!("`--set` has {} keys inside each other, and {DEEPEST} are the most", keys.len());
        return Err(diags.report(Diagnostic::error(code::BAD_SET, whole, message).help(help)));
    }
    let value = value(&set[equals + 1..], place(equals + 1, set.len()), files, diags)?;
    Ok(keys.into_iter().rev().fold(value, |value, (key, lo, hi)| {
        let entry = Entry { key: Text::new(key, place(lo, hi)), value };
        Node::map([entry].into_iter().collect(), whole)
    }))
}

/// The keys of a path with the range of each.
fn keys(path: &str) -> Vec<(Str, usize, usize)> {
    let mut keys = Vec::new();
    let (mut key, mut start) = (Str::new(), 0);
    let mut letters = path.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => key.push(letters.next_if(|(_, it)| matches!(it, '.' | '\\')).map_or('\\', |(_, it)| it)),
            '.' => {
                keys.push((std::mem::take(&mut key), start, at));
                start = at + 1;
            }
            other => key.push(other),
        }
    }
    keys.push((key, start, path.len()));
    keys
}

fn value(text: &str, span: Span, files: &mut SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
    if text.starts_with(['[', '{']) {
        let Some(file) = files.add("--set", text) else {
            return Err(diags.report(Diagnostic::error(code::BAD_SET, span, "the inputs are too large")));
        };
        return yaml::parse(file, files, diags);
    }
    let kind = match text {
        "null" => Kind::Null,
        text => Kind::Scalar(Scalar { text: text.into(), plain: true }),
    };
    Ok(Node { kind, span })
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;

    #[test]
    fn dots_part_keys_and_a_backslash_keeps_one() {
        let tree = parse(r"a.b\.c.d=1.10", &mut SourceMap::default(), &mut Diagnostics::default());
        let text = tree.ok().and_then(|it| it.at(&["a", "b.c", "d"])?.text().cloned());
        assert_eq!(text.as_deref(), Some("1.10"));
    }

    #[test]
    fn what_is_no_assignment_is_refused() {
        let deep = format!("{}=1", ["a"; 129].join("."));
        for wrong in ["a.b", "=1", "a..b=1", "", &deep] {
            let mut diags = Diagnostics::default();
            assert!(parse(wrong, &mut SourceMap::default(), &mut diags).is_err(), "{wrong}");
            assert_eq!(diags.errors(), 1);
        }
    }
}
