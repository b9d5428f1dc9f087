//! Regular expressions of Go (RE2), read as Rust's: both run in linear time, a few spellings differ.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::{Regex, RegexBuilder};

use crate::source::Span;

/// A compiled pattern may take this much, in bytes.
const MOST: usize = 10 << 20;

/// A pattern that is compiled when it is first asked.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    span: Span,
    told: AtomicBool,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern in the spelling of Go.
    pub fn new(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), span, told: AtomicBool::new(false), compiled: OnceLock::new() }
    }

    /// Where its CRD says so.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether it is told for the first time that nobody asks it.
    pub fn is_first_told(&self) -> bool {
        !self.told.swap(true, Ordering::Relaxed)
    }

    /// The text of the pattern.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pattern, ready to ask; `None` if it cannot be read.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.text)).as_ref()
    }
}

/// Compiles a pattern of Go's; `None` if it is none, or too large.
pub fn compile(text: &str) -> Option<Regex> {
    RegexBuilder::new(&translate(text)).size_limit(MOST).dfa_size_limit(MOST).build().ok()
}

/// Go's spelling in Rust's: perl classes are ASCII, and brackets know no set operations.
fn translate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        rest = match first {
            '\\' => escape(after, false, &mut out),
            '[' => class(after, &mut out),
            '{' if !repeats(after) => {
                out.push_str("\\{");
                after
            }
            '{' => {
                let end = after.find('}').map_or(after.len(), |it| it + 1);
                out.push('{');
                out.push_str(&after[..end]);
                &after[end..]
            }
            '}' | ']' => {
                out.push('\\');
                out.push(first);
                after
            }
            _ => {
                out.push(first);
                after
            }
        };
    }
    out
}

/// Whether what follows a brace makes it a repetition: `3}`, `3,}`, `3,5}`.
fn repeats(after: &str) -> bool {
    let Some((inside, _)) = after.split_once('}') else { return false };
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

/// What follows a backslash; gives what is left.
fn escape<'t>(after: &'t str, in_class: bool, out: &mut String) -> &'t str {
    let Some(letter) = after.chars().next() else {
        out.push('\\');
        return after;
    };
    let rest = &after[letter.len_utf8()..];
    match letter {
        'd' => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        'w' => out.push_str(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
        's' => out.push_str(if in_class { "\\t\\n\\x0C\\r " } else { "[\\t\\n\\x0C\\r ]" }),
        'D' => out.push_str("[^0-9]"),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        'S' => out.push_str("[^\\t\\n\\x0C\\r ]"),
        'b' | 'B' if !in_class => {
            out.push_str(if letter == 'b' { "(?-u:\\b)" } else { "(?-u:\\B)" });
        }
        '0'..='7' => {
            let digits = after.bytes().take(3).take_while(|it| (b'0'..=b'7').contains(it)).count();
            let code = u32::from_str_radix(&after[..digits], 8).unwrap_or_default();
            out.push_str("\\x{");
            out.extend(char::from_digit(code >> 8, 16));
            out.extend(char::from_digit(code >> 4 & 15, 16));
            out.extend(char::from_digit(code & 15, 16));
            out.push('}');
            return &after[digits..];
        }
        'Q' if !in_class => {
            let (literal, rest) = rest.split_once("\\E").unwrap_or((rest, ""));
            out.push_str(&regex::escape(literal));
            return rest;
        }
        _ if letter.is_ascii_alphanumeric() => {
            out.push('\\');
            out.push(letter);
            let braces = matches!(letter, 'p' | 'P' | 'x') && rest.starts_with('{');
            let end = if braces { rest.find('}').map_or(0, |it| it + 1) } else { 0 };
            out.push_str(&rest[..end]);
            return &rest[end..];
        }
        _ => out.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
    }
    rest
}

/// What follows an opening bracket; gives what is left.
fn class<'t>(after: &'t str, out: &mut String) -> &'t str {
    out.push('[');
    let mut rest = after;
    if let Some(inside) = rest.strip_prefix('^') {
        out.push('^');
        rest = inside;
    }
    let (mut first, mut last) = (true, Last::Whole);
    while let Some(letter) = rest.chars().next() {
        let tail = &rest[letter.len_utf8()..];
        if letter == ']' && !first {
            out.push(']');
            return tail;
        }
        first = false;
        if letter == '-' && last == Last::Letter && !tail.starts_with(']') {
            out.push('-');
            (rest, last) = (tail, Last::Hyphen);
            continue;
        }
        let named = letter == '[' && tail.starts_with(':') && tail.contains(":]");
        let several = named || (letter == '\\' && tail.starts_with(['d', 'w', 's', 'D', 'W', 'S', 'p', 'P']));
        rest = match letter {
            '\\' => escape(tail, true, out),
            '[' if named => {
                let end = tail.find(":]").map_or(tail.len(), |it| it + 2);
                out.push('[');
                out.push_str(&tail[..end]);
                &tail[end..]
            }
            '[' | ']' | '&' | '~' | '-' | '^' => {
                out.push('\\');
                out.push(letter);
                tail
            }
            _ => {
                out.push(letter);
                tail
            }
        };
        last = if several || last == Last::Hyphen { Last::Whole } else { Last::Letter };
    }
    rest
}

/// What came last inside of brackets: only after a letter a hyphen makes a range.
#[derive(PartialEq)]
enum Last {
    Letter,
    Hyphen,
    Whole,
}

#[cfg(test)]
mod tests {
    use crate::crds::pattern::compile;

    fn matches(pattern: &str, text: &str) -> bool {
        compile(pattern).unwrap_or_else(|| panic!("{pattern}")).is_match(text)
    }

    #[test]
    fn spellings_of_go_are_understood() {
        assert!(matches(r"^[-A-Za-z0-9/._~!$&'()*+,;=:@]+$", "-/._~!&@"));
        assert!(matches(r"^[[]$", "["));
        assert!(matches(r"^[a&&b]+$", "&&"));
        assert!(matches(r"^[]x]+$", "]"));
        assert!(matches(r"^a{x$", "a{x"));
        assert!(matches(r"^[\w-]+$", "a-b"));
        assert!(matches(r"^[+--]+$", "+,-"));
        assert!(!matches(r"^[\-a-z]+\p{L}{2}}$", "a-zé1é}") && matches(r"^[\-a-z]+\p{L}{2}}$", "a-zéé}"));
        assert!(matches(r"^\<\_\x60$", "<_`"));
        assert!(matches(r"^\Qa.b\E+$", "a.bb"));
        assert!(matches(r"^[[:alpha:]]+$", "ab"));
        assert!(!matches(r"^\d+$", "٣"));
        assert!(!matches(r"^[^\s]$", " "));
        assert!(matches(r"^(?i)\.?[a-z_][a-z_0-9]*$", ".Ab"));
    }

    #[test]
    fn what_is_no_pattern_or_too_large_has_none() {
        for pattern in ["(", "a**b(", "((a{1000}){1000}){1000}", "[z-a]", "\\"] {
            assert!(compile(pattern).is_none(), "{pattern}");
        }
    }
}
