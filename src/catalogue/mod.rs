//! The catalogue: every code that meshgen may tell, why it does, and an example with and without the mistake.
//!
//! It is made of the rules themselves: nothing in it is said twice, so nothing in it can be out of date.

mod input;
mod page;
mod table;

use std::sync::OnceLock;

use crate::check;
use crate::diag::{Severity, nearest, sarif};
use crate::lint;

pub use page::page;
pub use table::{human, json, markdown, undecidable_human, undecidable_json};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Any text that meshgen reads.
    Input,
    /// Profiles.
    Profiles,
    /// Manifests, whoever wrote them.
    Manifests,
}

impl About {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Profiles => "profiles",
            Self::Manifests => "manifests",
        }
    }
}

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `MG` and four digits.
    pub code: &'static str,
    /// The mistake, in kebab case.
    pub name: &'static str,
    /// How bad it mostly is.
    pub severity: Severity,
    /// What it is about.
    pub about: About,
    /// What other tools call it.
    pub equivalents: &'static [&'static str],
    /// What goes wrong.
    pub why: &'static str,
    /// An example; what is reported ends in `#~`.
    pub bad: &'static str,
    /// The same without the mistake.
    pub good: &'static str,
}

/// Every entry, by code.
pub fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let mut entries: Vec<Entry> = input::INPUTS.iter().map(input::Input::entry).collect();
        entries.extend(check::RULES.iter().map(|it| of_profile(it)));
        entries.extend(check::DATED_RULES.iter().map(|it| of_profile(it)));
        entries.extend(lint::rules().map(of_manifests));
        entries.sort_by_key(|it| it.code);
        entries
    })
}

fn of_profile<S: ?Sized>(rule: &crate::rule::Rule<S>) -> Entry {
    let crate::rule::Rule { code, name, severity, equivalents, why, bad, good, .. } = *rule;
    Entry { code, name, severity, about: About::Profiles, equivalents, why, bad, good }
}

fn of_manifests(rule: &'static lint::Rule) -> Entry {
    let lint::Rule { code, name, severity, equivalents, why, bad, good, .. } = *rule;
    Entry { code, name, severity, about: About::Manifests, equivalents, why, bad, good }
}

/// The entry of a code or a name.
pub fn find(word: &str) -> Option<&'static Entry> {
    entries().iter().find(|it| it.code.eq_ignore_ascii_case(word) || it.name == word)
}

/// The entries that say the same as a code of another tool.
pub fn equivalent(word: &str) -> Vec<&'static Entry> {
    let same = |it: &&Entry| it.equivalents.iter().any(|it| it.eq_ignore_ascii_case(word));
    entries().iter().filter(same).collect()
}

/// Why no files can tell what a code of another tool does.
pub fn undecidable(word: &str) -> Option<&'static lint::Undecidable> {
    lint::UNDECIDABLE.iter().find(|it| it.id.eq_ignore_ascii_case(word))
}

/// What code scanning services are told of a rule.
pub fn about(code: &str) -> Option<sarif::About> {
    find(code).map(|it| sarif::About { severity: it.severity, why: it.why })
}

/// A code or name that somebody may have meant.
pub fn meant(word: &str) -> Option<&'static str> {
    let upper = word.to_ascii_uppercase();
    let names = entries().iter().map(|it| it.name);
    nearest(word, names).or_else(|| nearest(&upper, entries().iter().map(|it| it.code)))
}

#[cfg(test)]
mod tests {
    use super::{entries, equivalent, find, meant};

    #[test]
    fn an_entry_is_found_by_code_name_and_what_others_call_it() {
        assert_eq!(find("MG3501").map(|it| it.name), Some("unknown-subset"));
        assert_eq!(find("mg3501").map(|it| it.name), Some("unknown-subset"));
        assert_eq!(find("unknown-subset").map(|it| it.code), Some("MG3501"));
        assert!(equivalent("kia1107").iter().any(|it| it.code == "MG3501"));
        assert!(find("MG9999").is_none());
        assert_eq!(meant("unknown-subsett"), Some("unknown-subset"));
    }

    #[test]
    fn no_code_and_no_name_has_two_meanings() {
        for pair in entries().windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
    }

    #[test]
    fn every_entry_says_why_and_shows_both() {
        for it in entries() {
            assert!(it.why.ends_with('.'), "{}: `why` is made of sentences", it.code);
            assert!(!it.bad.trim().is_empty() && !it.good.trim().is_empty(), "{}", it.code);
        }
    }
}
