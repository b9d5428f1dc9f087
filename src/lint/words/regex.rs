//! Regular expressions as Go's `regexp.Compile` takes them: RE2, so neither back-references nor looking around.
//!
//! Source: `regexp/syntax/parse.go` of Go 1.26, which Istio's validator asks.

use crate::lint::words::{Verdict, unicode};

/// How many bytes Istio takes: beyond that Envoy's program could become too large.
pub const LONGEST: usize = 1024;
/// How deep Go nests groups.
const DEEPEST: usize = 1000;
/// How often Go repeats a part, repetitions of repetitions multiplied.
const MOST: u32 = 1000;

/// Whether Go compiles the expression.
pub fn regex(text: &str) -> Verdict {
    Reader { rest: text, groups: Vec::new(), top: None, heaviest: 1 }.read()
}

/// Whether Istio takes the expression for a match: not empty, not too long, and Go compiles it.
pub fn istio_regex(text: &str) -> Verdict {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.len() > LONGEST {
        return Err(format!("it has {} bytes, and Istio takes {LONGEST}", text.len()));
    }
    regex(text)
}

struct Reader<'t> {
    rest: &'t str,
    /// Of each open group the heaviest part before it.
    groups: Vec<u32>,
    /// How often the part that a repetition would repeat is repeated already; `None` where there is nothing to repeat.
    top: Option<u32>,
    /// The same of the heaviest part of this group.
    heaviest: u32,
}

impl<'t> Reader<'t> {
    fn read(mut self) -> Verdict {
        // Where the repetition before began, if nothing has come since.
        let mut before: Option<&'t str> = None;
        while let Some(first) = self.rest.chars().next() {
            let start = self.rest;
            let mut repeated = None;
            match first {
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    self.skip(1);
                    self.top = None;
                }
                '[' => self.class()?,
                '*' | '+' | '?' => {
                    self.skip(1);
                    self.repeat(start, before, 1, false)?;
                    repeated = Some(start);
                }
                '{' => match count(start) {
                    Some((range, rest)) => {
                        self.rest = rest;
                        let (least, most) = range.ok_or_else(|| too_often(consumed(start, rest)))?;
                        // Nothing at all is no weight; without an end it is that of the least.
                        let weight = if most == Some(0) { 0 } else { most.unwrap_or(least).max(1) };
                        self.repeat(start, before, weight, least >= 2 || most.is_some_and(|it| it >= 2))?;
                        repeated = Some(start);
                    }
                    None => self.atom(1),
                },
                '\\' => self.escape()?,
                _ => self.atom(first.len_utf8()),
            }
            before = repeated;
        }
        if self.groups.is_empty() { Ok(()) } else { Err("a `(` is not closed".to_owned()) }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    /// Takes something that can be repeated.
    fn atom(&mut self, bytes: usize) {
        self.skip(bytes);
        self.top = Some(1);
    }

    fn repeat(&mut self, start: &'t str, before: Option<&'t str>, by: u32, counted: bool) -> Verdict {
        if self.rest.starts_with('?') {
            self.skip(1);
        }
        if let Some(before) = before {
            return Err(format!("`{}` repeats a repetition", consumed(before, self.rest)));
        }
        let sign = consumed(start, self.rest);
        let Some(weight) = self.top else { return Err(format!("nothing stands before `{sign}`")) };
        let weight = by.saturating_mul(weight);
        if counted && weight > MOST {
            return Err(too_often(sign));
        }
        let weight = weight.max(1);
        self.top = Some(weight);
        self.heaviest = self.heaviest.max(weight);
        Ok(())
    }

    fn open(&mut self) -> Verdict {
        let start = self.rest;
        if !start.starts_with("(?") {
            self.skip(1);
            return self.push();
        }
        let named = ["(?P<", "(?<"].iter().find(|it| start.starts_with(**it) && start.len() > it.len());
        if let Some(prefix) = named {
            if start.starts_with("(?<=") || start.starts_with("(?<!") {
                return Err("RE2 cannot look around".to_owned());
            }
            let (name, rest) = start[prefix.len()..].split_once('>').unwrap_or_default();
            if name.is_empty() || !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') {
                return Err("the name of a group is not made of letters, digits and `_`".to_owned());
            }
            self.rest = rest;
            return self.push();
        }
        let (mut negated, mut seen) = (false, false);
        for (at, sign) in start.char_indices().skip(2) {
            match sign {
                'i' | 'm' | 's' | 'U' => seen = true,
                '-' if !negated => (negated, seen) = (true, false),
                ':' | ')' if !negated || seen => {
                    self.skip(at + 1);
                    return if sign == ':' { self.push() } else { Ok(()) };
                }
                '=' | '!' if at == 2 => return Err("RE2 cannot look around".to_owned()),
                _ => return Err(format!("RE2 has no `{}`", &start[..at + sign.len_utf8()])),
            }
        }
        Err("a `(?` is not closed".to_owned())
    }

    fn push(&mut self) -> Verdict {
        if self.groups.len() == DEEPEST {
            return Err("its groups nest too deeply".to_owned());
        }
        self.groups.push(self.heaviest);
        (self.top, self.heaviest) = (None, 1);
        Ok(())
    }

    fn close(&mut self) -> Verdict {
        let outer = self.groups.pop().ok_or("a `)` closes nothing")?;
        self.skip(1);
        self.top = Some(self.heaviest);
        self.heaviest = self.heaviest.max(outer);
        Ok(())
    }

    /// A backslash outside of brackets.
    fn escape(&mut self) -> Verdict {
        match self.rest[1..].chars().next() {
            Some('A' | 'b' | 'B' | 'z') => {
                self.atom(2);
                Ok(())
            }
            Some('Q') => {
                let quoted = &self.rest[2..];
                let (quoted, rest) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                self.rest = rest;
                if !quoted.is_empty() {
                    self.top = Some(1);
                }
                Ok(())
            }
            _ => {
                self.rest = sign(self.rest)?.1;
                self.top = Some(1);
                Ok(())
            }
        }
    }

    /// What stands in brackets.
    fn class(&mut self) -> Verdict {
        let unclosed = || "a `[` is not closed".to_owned();
        let mut rest = &self.rest[1..];
        rest = rest.strip_prefix('^').unwrap_or(rest);
        let mut first = true;
        while first || !rest.starts_with(']') {
            first = false;
            if rest.starts_with("[:")
                && let Some((name, after)) = rest[2..].split_once(":]")
            {
                if !unicode::POSIX.contains(&name.strip_prefix('^').unwrap_or(name)) {
                    return Err(format!("there is no class `[:{name}:]`"));
                }
                rest = after;
                continue;
            }
            let start = rest;
            let (low, after) = member(rest).transpose()?.ok_or_else(unclosed)?;
            rest = after;
            // `-` stands for itself at the end.
            if let (Some(low), Some(end)) = (low, rest.strip_prefix('-'))
                && !end.is_empty()
                && !end.starts_with(']')
            {
                let (high, after) = member(end).transpose()?.ok_or_else(unclosed)?;
                let range = consumed(start, after);
                match high {
                    None => return Err(format!("`{range}` is a range to a class")),
                    Some(high) if high < low => {
                        return Err(format!("`{range}` is a range that runs backwards"));
                    }
                    Some(_) => rest = after,
                }
            }
        }
        self.rest = rest;
        self.atom(1);
        Ok(())
    }
}

/// A character of a class, or `None` for a class of characters; and what follows it.
type Member<'t> = (Option<u32>, &'t str);

/// A member of a class; nothing where the text ends.
fn member(text: &str) -> Option<Result<Member<'_>, String>> {
    match text.chars().next()? {
        '\\' => Some(sign(text)),
        it => Some(Ok((Some(it.into()), &text[it.len_utf8()..]))),
    }
}

/// What a backslash makes of what follows it, in brackets and outside.
fn sign(text: &str) -> Result<Member<'_>, String> {
    let mut signs = text[1..].chars();
    let Some(first) = signs.next() else { return Err("it ends in a backslash".to_owned()) };
    let rest = signs.as_str();
    let unknown = || Err(format!("RE2 has no `\\{first}`"));
    match first {
        'p' | 'P' => group(text).map(|rest| (None, rest)),
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok((None, rest)),
        'a' => Ok((Some(7), rest)),
        'f' => Ok((Some(12), rest)),
        'n' => Ok((Some(10), rest)),
        'r' => Ok((Some(13), rest)),
        't' => Ok((Some(9), rest)),
        'v' => Ok((Some(11), rest)),
        '1'..='7' if !rest.starts_with(|it: char| it.is_digit(8)) => {
            Err(format!("RE2 cannot refer back with `\\{first}`"))
        }
        '0'..='7' => {
            let digits = rest.bytes().take(2).take_while(|it| (b'0'..=b'7').contains(it)).count();
            let value = u32::from_str_radix(&text[1..2 + digits], 8).ok();
            Ok((value, &rest[digits..]))
        }
        'x' => hexadecimal(rest).ok_or_else(|| "`\\x` has no hexadecimal digits".to_owned()),
        _ if first.is_ascii() && !first.is_ascii_alphanumeric() => Ok((Some(first.into()), rest)),
        _ => unknown(),
    }
}

fn hexadecimal(text: &str) -> Option<Member<'_>> {
    let (digits, rest) = match text.strip_prefix('{') {
        Some(inner) => inner.split_once('}')?,
        None => (text.get(..2)?, &text[2..]),
    };
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let value = if digits.is_empty() { 0 } else { u32::from_str_radix(digits, 16).ok()? };
    (value <= u32::from(char::MAX)).then_some((Some(value), rest))
}

/// `\pN` or `\p{Greek}`: what follows it.
fn group(text: &str) -> Result<&str, String> {
    let after = &text[2..];
    let (name, rest) = match after.strip_prefix('{') {
        Some(inner) => inner.split_once('}').ok_or("a `\\p{` is not closed")?,
        None => after.split_at(after.chars().next().map_or(0, char::len_utf8)),
    };
    let bare = name.strip_prefix('^').unwrap_or(name);
    if unicode::is_group(bare) { Ok(rest) } else { Err(format!("Unicode has no group `{name}`")) }
}

/// The least and, unless there is no end, the most.
type Range = (u32, Option<u32>);

/// What a repetition in braces says: `{2}`, `{2,}` or `{2,3}` (of one that Go does not take, nothing), and what follows
/// it. Anything else in braces stands for itself.
fn count(text: &str) -> Option<(Option<Range>, &str)> {
    let (inner, rest) = text.strip_prefix('{')?.split_once('}')?;
    let (least, most) = inner.split_once(',').map_or((inner, None), |(least, most)| (least, Some(most)));
    // Digits without a leading zero; `None` inside for what is too much.
    let number = |it: &str| {
        let fits = !it.is_empty()
            && it.bytes().all(|it| it.is_ascii_digit())
            && (it.len() == 1 || !it.starts_with('0'));
        fits.then(|| it.parse().ok().filter(|it: &u32| *it <= MOST))
    };
    let least = number(least)?;
    let most = match most {
        None => Some(least),
        Some("") => None,
        Some(it) => Some(number(it)?),
    };
    let range = match (least, most) {
        (Some(least), None) => Some((least, None)),
        (Some(least), Some(Some(most))) if least <= most => Some((least, Some(most))),
        _ => None,
    };
    Some((range, rest))
}

/// The part of a text before its rest.
fn consumed<'t>(text: &'t str, rest: &str) -> &'t str {
    &text[..text.len() - rest.len()]
}

fn too_often(sign: &str) -> String {
    format!("`{sign}` is no repetition between 0 and {MOST} times")
}

#[cfg(test)]
mod tests {
    use crate::lint::words::regex::{istio_regex, regex};

    #[test]
    fn what_go_compiles_is_taken() {
        for text in [
            "",
            "a|b",
            "(?i)x*?",
            "a{2,3}?",
            "a{,3}",
            "a{03}",
            "[]a]",
            "[^]-]",
            "[[:^alpha:]-z]",
            r"\pL\P{^Greek}",
            r"[\x{10FFFF}]",
            r"\Q(*\E",
            r"\07\12",
            "(?P<a_1>b)(?<c>d)",
            "(?-i:a)",
            "x*(?i)*",
            "(a{10}){100}",
            r"[a\-z]",
            r"\_\.",
            "^*",
            "()*",
        ] {
            assert_eq!(regex(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_go_refuses_has_a_reason() {
        for (text, reason) in [
            ("*", "nothing stands before `*`"),
            ("a|*?", "nothing stands before `*?`"),
            ("(?i)+", "nothing stands before `+`"),
            ("a**", "`**` repeats a repetition"),
            ("(a", "a `(` is not closed"),
            ("a)", "a `)` closes nothing"),
            ("[a", "a `[` is not closed"),
            ("[z-a]", "`z-a` is a range that runs backwards"),
            ("(?=a)", "RE2 cannot look around"),
            ("(?<!a)b", "RE2 cannot look around"),
            ("(?x)a", "RE2 has no `(?x`"),
            (r"(a)\1", r"RE2 cannot refer back with `\1`"),
            (r"\q", r"RE2 has no `\q`"),
            ("a\\", "it ends in a backslash"),
            (r"\p{Klingon}", "Unicode has no group `Klingon`"),
            ("a{1001}", "`{1001}` is no repetition between 0 and 1000 times"),
            ("(a{10}){101}", "`{101}` is no repetition between 0 and 1000 times"),
        ] {
            assert_eq!(regex(text), Err(reason.to_owned()), "{text}");
        }
    }

    #[test]
    fn istio_wants_something_and_not_too_much() {
        assert!(istio_regex("").is_err() && istio_regex(&"a".repeat(1025)).is_err());
        assert!(istio_regex(&"a".repeat(1024)).is_ok());
    }
}
