//! What Kubernetes and Istio take for a name, and what to say of a text that is none.

use crate::rule::Findings;
use crate::source::Text;

/// A form that names of some kind have.
pub struct Form {
    /// The most bytes.
    most: usize,
    /// What may stand inside.
    inside: fn(u8) -> bool,
    /// What may stand at the start.
    start: fn(u8) -> bool,
    /// What may stand at the end.
    end: fn(u8) -> bool,
    /// `inside` in words.
    words: &'static str,
    /// `start` in words, where it is not the same as `end`.
    starts: &'static str,
}

const fn lower(it: u8) -> bool {
    it.is_ascii_lowercase() || it.is_ascii_digit()
}

const fn either(it: u8) -> bool {
    it.is_ascii_alphanumeric()
}

const fn letter(it: u8) -> bool {
    it.is_ascii_lowercase()
}

/// A DNS label: namespaces, versions, subsets, gateways.
pub const LABEL: Form = Form {
    most: 63,
    inside: |it| lower(it) || it == b'-',
    start: lower,
    end: lower,
    words: "lower-case letters, digits and `-`",
    starts: "a letter or a digit",
};

/// A DNS label that starts with a letter: Services.
pub const SERVICE: Form = Form { start: letter, starts: "a lower-case letter", ..LABEL };

/// A DNS name: service accounts, policies and most other objects.
pub const SUBDOMAIN: Form = Form {
    most: 253,
    inside: |it| lower(it) || it == b'-' || it == b'.',
    words: "lower-case letters, digits, `-` and `.`",
    ..LABEL
};

/// The value of a label, if not empty; the part of a label's key after the `/`.
pub const LABEL_VALUE: Form = Form {
    most: 63,
    inside: |it| either(it) || matches!(it, b'-' | b'_' | b'.'),
    start: either,
    end: either,
    words: "letters, digits, `-`, `_` and `.`",
    starts: "a letter or a digit",
};

/// The name of an environment variable.
pub const VARIABLE: Form = Form {
    most: 4096,
    inside: |it| either(it) || matches!(it, b'-' | b'_' | b'.'),
    start: |it| it.is_ascii_alphabetic() || matches!(it, b'-' | b'_' | b'.'),
    end: |_| true,
    words: "letters, digits, `-`, `_` and `.`",
    starts: "a letter or `_`",
};

/// A key of a ConfigMap or Secret; the last part of a file's path.
pub const DATA_KEY: Form = Form { start: VARIABLE.inside, most: 253, ..VARIABLE };

/// The name of a port.
pub const PORT: Form = Form { most: 15, ..LABEL };

impl Form {
    /// What keeps a text from having this form, to follow the text: "is empty", "has `_`".
    pub fn flaw(&self, text: &str) -> Option<String> {
        let (Some(first), Some(last)) = (text.bytes().next(), text.bytes().last()) else {
            return Some("is empty".to_owned());
        };
        if let Some(odd) = text.chars().find(|it| !u8::try_from(*it).is_ok_and(self.inside)) {
            return Some(format!("has `{}`, which is none of {}", odd.escape_debug(), self.words));
        }
        if !(self.start)(first) {
            return Some(format!("starts with `{}`, not with {}", char::from(first), self.starts));
        }
        if !(self.end)(last) {
            return Some(format!("ends with `{}`, not with a letter or a digit", char::from(last)));
        }
        if text.len() > self.most {
            return Some(format!("is {} characters long, and {} are the most", text.len(), self.most));
        }
        let odd_part = (self.most == SUBDOMAIN.most && text.contains('.') && self.words == SUBDOMAIN.words)
            .then(|| text.split('.').find(|it| LABEL.flaw(it).is_some()));
        odd_part.flatten().map(|it| format!("has the part `{it}` between its dots, which is no DNS label"))
    }

    /// The nearest text that has this form.
    pub fn mend(&self, text: &str) -> Option<String> {
        let fits = |it: char| u8::try_from(it).is_ok_and(self.inside);
        let lower = if fits('A') { text.to_owned() } else { text.to_ascii_lowercase() };
        let swapped: String = lower.chars().map(|it| if fits(it) { it } else { '-' }).collect();
        let mended = swapped.trim_matches(|it: char| !u8::try_from(it).is_ok_and(self.end));
        let mended = mended.trim_start_matches(|it: char| !u8::try_from(it).is_ok_and(self.start));
        (mended != text && self.flaw(mended).is_none()).then(|| mended.to_owned())
    }
}

/// Reports a text that has not the form of its role, as "the name of a service".
pub fn judge(form: &Form, text: &Text, role: &str, findings: &mut Findings<'_>) {
    let Some(flaw) = form.flaw(text) else { return };
    let message = if text.is_empty() {
        format!("{role} {flaw}")
    } else {
        format!("`{}` cannot be {role}: it {flaw}", shown(text))
    };
    let mut finding = findings.at(text.span, message);
    if let Some(mended) = form.mend(text) {
        finding = finding.help(format!("write `{mended}`"));
        finding.fix = Some(mended);
    }
    findings.push(finding);
}

/// What a label's key lacks to be one.
pub fn label_key_flaw(key: &str) -> Option<String> {
    let (prefix, name) = key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let flaw = prefix.and_then(|it| SUBDOMAIN.flaw(it)).map(|it| format!("has a prefix that {it}"));
    flaw.or_else(|| LABEL_VALUE.flaw(name).map(|it| format!("has a name that {it}")))
}

/// What a host name lacks to be one; `*` and a first label `*` are fine if `wild`.
pub fn host_flaw(host: &str, wild: bool) -> Option<String> {
    if wild && host == "*" {
        return None;
    }
    let bare = if wild { host.strip_prefix("*.").unwrap_or(host) } else { host };
    if bare.contains('*') {
        let how = if wild { "only as the whole first part, as in `*.example.com`" } else { "not" };
        return Some(format!("has a `*`, which is taken here {how}"));
    }
    if bare.contains(':') {
        return Some("has a `:`, and ports are no part of a host name".to_owned());
    }
    let folded = bare.to_ascii_lowercase();
    if let Some(flaw) = SUBDOMAIN.flaw(&folded) {
        return Some(flaw);
    }
    let last = folded.rsplit('.').next().unwrap_or_default();
    last.bytes().all(|it| it.is_ascii_digit()).then(|| "ends in a number, as only addresses do".to_owned())
}

/// A text short enough to be shown in a message.
pub fn shown(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.escape_debug().to_string();
    }
    let short: String = text.chars().take(60).collect();
    format!("{}…", short.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::{LABEL, PORT, SERVICE, SUBDOMAIN, VARIABLE, host_flaw, label_key_flaw};

    #[test]
    fn a_service_starts_with_a_letter_and_a_version_need_not() {
        assert!(LABEL.flaw("1-2-0").is_none());
        assert!(SERVICE.flaw("1-2-0").is_some());
        assert!(LABEL.flaw("1.2").is_some());
        assert!(LABEL.flaw("").is_some());
        assert!(LABEL.flaw(&"a".repeat(64)).is_some());
        assert!(PORT.flaw("http-management1").is_some());
    }

    #[test]
    fn a_name_is_mended_where_that_is_plain() {
        assert_eq!(SERVICE.mend("Hello_World"), Some("hello-world".to_owned()));
        assert_eq!(SERVICE.mend("1st"), Some("st".to_owned()));
        assert_eq!(SERVICE.mend("---"), None);
        assert_eq!(LABEL.mend("v1"), None);
    }

    #[test]
    fn dots_part_labels() {
        assert!(SUBDOMAIN.flaw("a.b-c").is_none());
        assert!(SUBDOMAIN.flaw("a..b").is_some());
        assert!(SUBDOMAIN.flaw("a.-b").is_some());
        assert!(VARIABLE.flaw("a..b").is_none());
        assert!(label_key_flaw("example.org/name").is_none());
        assert!(label_key_flaw("/name").is_some());
        assert!(label_key_flaw("a/b/c").is_some());
    }

    #[test]
    fn a_star_is_the_whole_first_part_of_a_host() {
        assert!(host_flaw("*.example.com", true).is_none());
        assert!(host_flaw("*", true).is_none());
        assert!(host_flaw("*-a.example.com", true).is_some());
        assert!(host_flaw("a.*.com", true).is_some());
        assert!(host_flaw("*.example.com", false).is_some());
        assert!(host_flaw("10.0.0.1", true).is_some());
        assert!(host_flaw("Example.COM", true).is_none());
    }
}
