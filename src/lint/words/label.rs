//! Keys and values of labels, as Istio's validator takes them.
//!
//! Source: `pkg/config/labels/instance.go`.

use crate::lint::words::Verdict;
use crate::lint::words::host::dns_label;

/// The key of a label: a name, perhaps after a domain and `/`.
pub fn label_key(text: &str) -> Verdict {
    let (prefix, name) = text.split_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    if let Some(prefix) = prefix {
        // Istio holds only the whole of a domain to a length, not its labels.
        let unfit = |it: &str| {
            dns_label(&it.chars().take(1).chain(it.chars().rev().take(1)).collect::<String>()).is_err()
        };
        let foreign = |it: char| !it.is_ascii_alphanumeric() && it != '-';
        if prefix.split('.').any(|it| unfit(it) || it.contains(foreign)) {
            return Err(format!("`{prefix}` before the `/` is no domain"));
        }
        if prefix.len() > 253 {
            return Err(format!("before the `/` stand {} characters, and at most 253 may", prefix.len()));
        }
    }
    if !is_qualified(name) {
        return Err(QUALIFIED.to_owned());
    }
    if name.len() > 63 {
        Err(format!("its name has {} characters, and at most 63 fit", name.len()))
    } else {
        Ok(())
    }
}

/// The value of a label. Istio does not count its characters, the API server does.
pub fn label_value(text: &str) -> Verdict {
    if text.is_empty() || is_qualified(text) { Ok(()) } else { Err(QUALIFIED.to_owned()) }
}

const QUALIFIED: &str =
    "it takes letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit";

fn is_qualified(text: &str) -> bool {
    let ends = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    ends(bytes.first())
        && ends(bytes.last())
        && bytes.iter().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(it))
}

#[cfg(test)]
mod tests {
    use crate::lint::words::label::{label_key, label_value};

    #[test]
    fn keys_and_values_are_qualified_names() {
        for text in ["a", "app.kubernetes.io/name", "A_b.c-1", "a.b/c"] {
            assert_eq!(label_key(text), Ok(()), "{text}");
        }
        for text in ["", "/a", "a/", "a/b/c", "a_b/c", "-a", "a-", "a b", ".a/b", &"a".repeat(64)] {
            assert!(label_key(text).is_err(), "{text}");
        }
        assert!(label_value("").is_ok() && label_value("a.b_c").is_ok() && label_value("*").is_err());
    }
}
