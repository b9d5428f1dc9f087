//! The fields of one struct in one mapping: found by name, and every key that none of them is gets reported.

use crate::diag::{Diagnostic, code, nearest};
use crate::source::Span;
use crate::yaml::{Entry, Read, Reader};

const MOST: usize = 24;

/// An open mapping whose fields are being taken.
pub struct Fields<'n, 'c, 'a> {
    what: &'static str,
    names: &'static [&'static str],
    slots: [Option<&'n Entry>; MOST],
    /// Fields that an unknown key probably meant: their absence is no second mistake.
    excused: u32,
    key: Span,
    next: usize,
    cx: &'c mut Reader<'a>,
}

impl<'n, 'c, 'a> Fields<'n, 'c, 'a> {
    pub(super) fn open(
        what: &'static str,
        names: &'static [&'static str],
        entries: &'n [Entry],
        cx: &'c mut Reader<'a>,
    ) -> Self {
        debug_assert!(names.len() <= MOST, "a struct of more than {MOST} fields wants to be two");
        let key = cx.key;
        let mut this = Self { what, names, slots: [None; MOST], excused: 0, key, next: 0, cx };
        let mut near = 0;
        for entry in entries {
            match find(names, near, &entry.key) {
                Some(place) => {
                    this.slots[place] = Some(entry);
                    near = place + 1;
                }
                None => this.unknown(entry),
            }
        }
        this
    }

    /// The value of a field, given by its Rust name.
    pub fn take<T: Read>(&mut self, name: &str) -> Option<T> {
        self.next = self.names.iter().position(|it| *it == name)?;
        self.take_next()
    }

    /// The value of the field after the one taken last, in the order of the names.
    pub fn take_next<T: Read>(&mut self) -> Option<T> {
        let place = self.next;
        self.next += 1;
        let entry = self.slots[place].filter(|it| !it.value.is_null());
        if let Some(entry) = entry {
            return self.cx.under(&entry.key, &entry.value);
        }
        if self.excused & (1 << place) != 0 && entry.is_none() && self.slots[place].is_none() {
            // It is there, misspelt: to go on as if it were not would only earn more words about the same mistake.
            return None;
        }
        T::absent().or_else(|| {
            if self.excused & (1 << place) == 0 {
                self.missing(self.names[place], place);
            }
            None
        })
    }

    fn missing(&mut self, name: &str, place: usize) {
        let key = camel(name);
        let (span, message) = match self.slots[place] {
            Some(entry) => (entry.key.span, format!("`{key}` has no value")),
            None => (self.key, format!("{} needs `{key}`", self.what)),
        };
        self.cx.diags.push(Diagnostic::error(code::MISSING_KEY, span, message));
    }

    fn unknown(&mut self, entry: &Entry) {
        let keys: Vec<String> = self.names.iter().map(|it| camel(it)).collect();
        let known = || keys.iter().map(String::as_str);
        if let Some(near) = nearest(&entry.key, known()) {
            let place = keys.iter().position(|it| it == near).unwrap_or_default();
            self.excused |= 1 << place;
        }
        let message = format!("{} has no key `{}`", self.what, entry.key);
        let finding = Diagnostic::error(code::UNKNOWN_KEY, entry.key.span, message);
        self.cx.diags.push(finding.suggest(&entry.key, known()));
    }
}

/// The place of the name that a key means. People mostly keep the order of the language, so the search begins where the
/// last one ended.
fn find(names: &[&str], near: usize, key: &str) -> Option<usize> {
    let (before, after) = names.split_at(near);
    let place = |names: &[&str]| names.iter().position(|it| is_key(it, key));
    place(after).map(|it| it + near).or_else(|| place(before))
}

/// Whether `key` is the camel-case spelling of a Rust name.
fn is_key(name: &str, key: &str) -> bool {
    let mut key = key.bytes();
    let mut upper = false;
    for byte in name.strip_prefix("r#").unwrap_or(name).bytes() {
        if byte == b'_' {
            upper = true;
            continue;
        }
        let wanted = if upper { byte.to_ascii_uppercase() } else { byte };
        upper = false;
        if key.next() != Some(wanted) {
            return false;
        }
    }
    key.next().is_none()
}

/// The key of a Rust name: `retry_on` is `retryOn`.
fn camel(name: &str) -> String {
    let mut words = name.trim_start_matches("r#").split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut key, word| {
        let mut letters = word.chars();
        key.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        key + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::{camel, is_key};

    #[test]
    fn a_key_is_the_camel_case_of_a_name() {
        for (name, key) in [("image", "image"), ("retry_on", "retryOn"), ("r#match", "match")] {
            assert_eq!(camel(name), key);
            assert!(is_key(name, key));
        }
        assert!(is_key("http1_max_pending_requests", "http1MaxPendingRequests"));
        assert!(!is_key("retry_on", "retryon"));
        assert!(!is_key("retry", "retryOn"));
        assert!(!is_key("retry_on", "retry"));
    }
}
