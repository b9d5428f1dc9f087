//! The series of a metric that a question is about, as PromQL writes them; no value can break out of its quotes.

use std::fmt::Write;

use crate::metrics::{Label, Metric};

/// What a label must be.
#[derive(Clone, Copy, Debug)]
pub enum Match<'a> {
    /// This value.
    Is(Label, &'a str),
    /// Any but this value.
    Not(Label, &'a str),
    /// A value that this regular expression matches whole; [`literal`] makes one of a name.
    Like(Label, &'a str),
    /// Any but such a value.
    Unlike(Label, &'a str),
}

impl Match<'_> {
    fn parts(&self) -> (Label, &'static str, &str) {
        match self {
            Self::Is(label, value) => (*label, "=", value),
            Self::Not(label, value) => (*label, "!=", value),
            Self::Like(label, value) => (*label, "=~", value),
            Self::Unlike(label, value) => (*label, "!~", value),
        }
    }
}

impl Match<'_> {
    /// As `{reporter="destination"}`: for a series that recording rules made.
    pub fn alone(&self) -> String {
        let (label, how, value) = self.parts();
        format!("{{{}{how}{}}}", label.word(), quoted(value))
    }
}

impl Metric {
    /// As `istio_requests_total{reporter="destination"}`.
    ///
    /// A label that is not one of the metric stops a test: our question would never have an answer.
    pub fn select(&self, matches: &[Match<'_>]) -> String {
        let mut out = self.name.to_owned();
        for (place, it) in matches.iter().enumerate() {
            let (label, how, value) = it.parts();
            debug_assert!(
                self.labels.iter().any(|it| it.contains(&label)),
                "`{}` has no label `{}`",
                self.name,
                label.word()
            );
            let open = if place == 0 { '{' } else { ',' };
            let _ = write!(out, "{open}{}{how}{}", label.word(), quoted(value));
        }
        if !matches.is_empty() {
            out.push('}');
        }
        out
    }
}

/// A text as PromQL quotes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            '\n' => out.push_str("\\n"),
            // The second is what a reader of PromQL takes for bytes that are no text.
            it if it.is_control() || it == char::REPLACEMENT_CHARACTER => {
                let _ = write!(out, "\\u{:04x}", u32::from(it));
            }
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

/// A regular expression that matches `text` and nothing else.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if r"\.+*?()|[]{}^$".contains(it) {
            out.push('\\');
        }
        out.push(it);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::metrics::{Label, Match, REQUESTS, literal};

    #[test]
    fn a_value_stays_within_its_quotes() {
        let text = REQUESTS.select(&[
            Match::Is(Label::Pod, "a\"} or up{\\\n\u{fffd}"),
            Match::Unlike(Label::Namespace, "b|c"),
        ]);
        assert_eq!(text, r#"istio_requests_total{pod="a\"} or up{\\\n\ufffd",namespace!~"b|c"}"#);
    }

    #[test]
    fn a_name_is_no_pattern() {
        assert_eq!(literal("a.b+c-d"), r"a\.b\+c-d");
    }
}
