//! Every alert that we raise: what rules say when they fire, and what handbooks say of it.

mod table;

pub use table::*;

/// An alert.
#[derive(Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its name; in lower case the anchor of its chapter in a runbook.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How long it must be so before anybody is told; `None`: its windows say so already.
    pub lasts: Option<&'static str>,
    /// What is wrong where, for a notification: a Go template over the labels of the alert.
    pub summary: &'static str,
    /// What it means, in sentences.
    pub means: &'static str,
    /// What to look at first, in sentences.
    pub look: &'static str,
    /// What to do, in sentences.
    pub act: &'static str,
}

/// How bad an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Somebody is woken up.
    Critical,
    /// Somebody looks at it in working hours.
    Warning,
}

impl Severity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Critical, Self::Warning];

    /// The value of the label `severity`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
        }
    }
}

impl Alert {
    /// Where its chapter begins in the page of a runbook.
    pub fn anchor(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    /// What it means and what to do, in sentences.
    pub fn description(&self) -> String {
        format!("{} {} {}", self.means, self.look, self.act)
    }
}

/// A text as Go templates, which annotations are, take it for itself.
pub fn verbatim(text: &str) -> String {
    text.replace('{', "{{\"{\"}}")
}

#[cfg(test)]
mod tests {
    use super::{ALERTS, verbatim};

    #[test]
    fn names_are_unique_and_say_whose_they_are() {
        for (place, it) in ALERTS.iter().enumerate() {
            assert!(it.name.starts_with("Mesh"), "{}", it.name);
            assert!(ALERTS[..place].iter().all(|other| other.anchor() != it.anchor()), "{}", it.name);
        }
    }

    #[test]
    fn every_alert_says_what_to_do() {
        for it in ALERTS {
            for text in [it.means, it.look, it.act] {
                assert!(text.ends_with('.') && !text.contains('{'), "{}: {text}", it.name);
            }
            assert!(!it.summary.ends_with('.'), "{}", it.name);
        }
    }

    #[test]
    fn a_text_is_no_template() {
        assert_eq!(verbatim("a {{ $labels.x }}"), "a {{\"{\"}}{{\"{\"}} $labels.x }}");
    }
}
