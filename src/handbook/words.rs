//! How a handbook says things: lists, durations, conditions; each name as code.

use crate::profile::traffic::{Match, TextMatch};
use crate::source::Text;
use crate::template::{code, table};
use crate::units::PortRef;

/// A table of Markdown; `None` where it would have no row.
pub fn table_of(head: &[&str], rows: &[Vec<String>]) -> Option<String> {
    (!rows.is_empty()).then(|| table(head, rows))
}

/// As `a, b and c`.
pub fn all_of(words: &[String]) -> String {
    joined(words, "and")
}

/// As `a, b or c`.
pub fn one_of(words: &[String]) -> String {
    joined(words, "or")
}

/// Names as code, one of which it is.
pub fn any_code(names: &[Text]) -> String {
    one_of(&names.iter().map(|it| code(it)).collect::<Vec<_>>())
}

/// Names as code, parted by commas.
pub fn codes<'t>(names: impl Iterator<Item = &'t str>) -> String {
    names.map(code).collect::<Vec<_>>().join(", ")
}

/// Not a number but a text that stays readable: the first few, and how many more there are.
pub fn some_codes<'t>(names: impl Iterator<Item = &'t str>, most: usize) -> String {
    let all: Vec<&str> = names.collect();
    let shown = codes(all.iter().copied().take(most));
    match all.len().saturating_sub(most) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

/// Milliseconds as people say them.
pub fn span(millis: u64) -> String {
    match (millis / 1000, millis % 1000) {
        (0, rest) => format!("{rest}ms"),
        (seconds, 0) => format!("{seconds}s"),
        (seconds, rest) => format!("{seconds}.{}s", format!("{rest:03}").trim_end_matches('0')),
    }
}

/// A port by name or number.
pub fn port(port: &PortRef) -> String {
    match port {
        PortRef::Number(number) => number.to_string(),
        PortRef::Name(name) => name.to_string(),
    }
}

/// Which requests a route is for.
pub fn requests(condition: Option<&Match>) -> String {
    let Some(Match { path, method, headers, query, caller }) = condition else {
        return "all others".to_owned();
    };
    let mut parts = Vec::new();
    parts.extend(path.as_ref().map(|it| format!("path {}", text_match(it))));
    if !method.is_empty() {
        parts.push(format!("method {}", any_code(method)));
    }
    parts.extend(headers.iter().map(|(name, it)| format!("header {} {}", code(name), text_match(it))));
    parts.extend(query.iter().map(|(name, it)| format!("parameter {} {}", code(name), text_match(it))));
    if !caller.is_empty() {
        parts.push(format!("sent by {}", any_code(caller)));
    }
    all_of(&parts)
}

fn text_match(condition: &TextMatch) -> String {
    match condition {
        TextMatch::Exact(text) => format!("is {}", code(text)),
        TextMatch::Prefix(text) => format!("begins with {}", code(text)),
        TextMatch::Regex(text) => format!("fits {}", code(text)),
        TextMatch::Present(_) => "is there".to_owned(),
        TextMatch::Absent(_) => "is not there".to_owned(),
    }
}

fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{all_of, some_codes, span};

    #[test]
    fn lists_are_read_aloud() {
        let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(all_of(&words(&["a"])), "a");
        assert_eq!(all_of(&words(&["a", "b", "c"])), "a, b and c");
        assert_eq!(some_codes(["a", "b", "c"].into_iter(), 1), "`a` and 2 more");
    }

    #[test]
    fn times_have_no_zeros_to_spare() {
        assert_eq!([span(400), span(2000), span(1250)], ["400ms", "2s", "1.25s"]);
    }
}
