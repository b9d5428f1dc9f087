//! Whether a text is a pattern that RE2 reads, as far as its shape goes: no engine is needed to say so.

/// What keeps a text from being a pattern, to follow "the pattern".
pub fn flaw(pattern: &str) -> Option<String> {
    if pattern.is_empty() {
        return Some("is empty".to_owned());
    }
    if pattern.len() > 1024 {
        return Some(format!("is {} characters long, and Istio takes 1024", pattern.len()));
    }
    let mut scan = Scan { rest: pattern, open: 0, operand: false };
    scan.all().err()
}

struct Scan<'p> {
    rest: &'p str,
    /// Groups not yet closed.
    open: u32,
    /// Whether there is something that a `*` could repeat.
    operand: bool,
}

impl Scan<'_> {
    fn all(&mut self) -> Result<(), String> {
        while let Some(next) = self.take() {
            match next {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                ')' if self.open == 0 => return Err("closes a group with `)` that nothing opens".to_owned()),
                ')' => {
                    self.open -= 1;
                    self.operand = true;
                }
                '|' => self.operand = false,
                '*' | '+' | '?' => self.repeat(next)?,
                '{' => self.count()?,
                _ => self.operand = true,
            }
        }
        if self.open > 0 { Err("opens a group with `(` that nothing closes".to_owned()) } else { Ok(()) }
    }

    fn take(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn skip(&mut self, text: &str) -> bool {
        self.rest.strip_prefix(text).inspect(|rest| self.rest = rest).is_some()
    }

    fn repeat(&mut self, sign: char) -> Result<(), String> {
        if !self.operand {
            return Err(format!("has a `{sign}` with nothing before it to repeat"));
        }
        self.skip("?");
        if self.rest.starts_with(['*', '+', '?']) {
            return Err(format!("has a `{}` after a `{sign}`", &self.rest[..1]));
        }
        Ok(())
    }

    /// `{2,5}`; anything else in braces is literal, as RE2 has it.
    fn count(&mut self) -> Result<(), String> {
        let inner = self.rest.split_once('}').map(|(inner, _)| inner);
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| !text.starts_with('+'));
        let bounds = inner.and_then(|it| match it.split_once(',') {
            None => number(it).map(|it| (it, it)),
            Some((least, "")) => number(least).map(|it| (it, it)),
            Some((least, most)) => Some((number(least)?, number(most)?)),
        });
        let (Some((least, most)), Some(inner)) = (bounds, inner) else {
            self.operand = true;
            return Ok(());
        };
        if least > most || most > 1000 {
            return Err(format!(
                "repeats `{{{inner}}}` times, and RE2 takes counts up to 1000, the lower first"
            ));
        }
        self.rest = &self.rest[inner.len() + 1..];
        self.repeat('}')
    }

    fn group(&mut self) -> Result<(), String> {
        self.open += 1;
        self.operand = false;
        if !self.skip("?") {
            return Ok(());
        }
        if ["=", "!", "<=", "<!"].iter().any(|it| self.rest.starts_with(it)) {
            return Err("looks ahead or behind, which RE2 cannot".to_owned());
        }
        if self.skip("P<") || self.skip("<") {
            let name = self.rest.split_once('>').map_or("", |(name, _)| name);
            let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
            if name.is_empty() || !name.chars().all(word) {
                return Err("has a group whose name is no word".to_owned());
            }
            self.rest = &self.rest[name.len() + 1..];
            return Ok(());
        }
        self.rest = self.rest.trim_start_matches(['i', 'm', 's', 'U', '-']);
        if self.skip(":") {
            return Ok(());
        }
        if self.skip(")") {
            self.open -= 1;
            return Ok(());
        }
        Err("has a group with `(?` that RE2 does not know".to_owned())
    }

    fn escape(&mut self) -> Result<(), String> {
        let known = "aftnrvdDsSwWAbBzQEpPx0";
        match self.take() {
            None => Err("ends in a `\\`".to_owned()),
            Some('1'..='9') => Err("refers back to a group, which RE2 cannot".to_owned()),
            Some(it) if it.is_ascii_alphanumeric() && !known.contains(it) => {
                Err(format!("has `\\{it}`, which RE2 does not know"))
            }
            Some('Q') => {
                let literal = self.rest.split_once("\\E");
                self.rest = literal.map_or("", |(_, rest)| rest);
                self.operand = true;
                Ok(())
            }
            Some(_) => {
                self.operand = true;
                Ok(())
            }
        }
    }

    fn class(&mut self) -> Result<(), String> {
        self.skip("^");
        let mut first = true;
        let mut before = None;
        loop {
            let Some(next) = self.take() else {
                return Err("opens a class with `[` that nothing closes".to_owned());
            };
            match next {
                ']' if !first => break,
                '[' if self.rest.starts_with(':') => {
                    let end = self.rest.split_once(":]").ok_or("has a class `[:` without `:]`")?.1;
                    self.rest = end;
                    before = None;
                }
                '\\' => {
                    self.escape()?;
                    before = None;
                }
                '-' if before.is_some() && !self.rest.starts_with([']', '\\', '[']) => {
                    let (from, to) = (before.take(), self.take());
                    if from > to {
                        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
                        return Err(format!("has the range `{from}-{to}`, which runs backwards"));
                    }
                }
                other => before = Some(other),
            }
            first = false;
        }
        self.operand = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn what_re2_reads_is_read() {
        for pattern in [
            "/api/v[0-9]+",
            "^(a|b)*?$",
            "(?i)abc",
            "(?i:abc)+",
            "(?P<id>[^/]+)",
            "[]a]",
            "[^]]",
            "[a-]",
            "[[:alpha:]_-]+",
            "a{2,5}",
            "a{2,}?",
            "a{,5}",
            "\\d+\\.\\w",
            "\\Q(*\\E+",
            "\\p{Greek}",
            "日本+",
            ".*",
            "()",
        ] {
            assert_eq!(flaw(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_re2_refuses_is_refused() {
        let long = "a".repeat(1025);
        for pattern in [
            "", "*", "+a", "(a", "a)", "[a", "[z-a]", "a**", "a{5,2}", "a{1001}", "(?=a)", "(?<!a)",
            "(?P<>a)", "\\1", "\\y", "a\\", "(?x)a", "(|*)", &long,
        ] {
            assert!(flaw(pattern).is_some(), "{pattern}");
        }
    }
}
