//! Everything we tell users about their input: many at once, each with a place and a way out.

pub mod code;
mod excerpt;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;

use std::collections::BTreeSet;

pub use code::Code;

use crate::source::Span;

/// How bad it is; `Error` fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Probably a mistake.
    Warning,
    /// A mistake.
    Error,
}

impl Severity {
    /// The word in JSON and in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The Kubernetes object that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its kind, as `VirtualService`.
    pub kind: String,
    /// Its namespace; empty for cluster-wide kinds.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// One finding about the user's input.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Which mistake it is.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What is wrong: lower case, the user's names in back-ticks, no full stop.
    pub message: String,
    /// Where; [`Span::NONE`] if no line is to blame.
    pub span: Span,
    /// Words beside the caret; may be empty.
    pub label: String,
    /// Other places that matter, with a word each.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// The text that would mend it, in place of `span`.
    pub fix: Option<String>,
    /// Whether `fix` is only what was probably meant.
    pub guess: bool,
    /// The object concerned, if it is one.
    pub object: Option<Box<Object>>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    fn new(code: Code, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: clipped(message.into()),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            guess: false,
            object: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(clipped(help.into()));
        self
    }

    /// Puts words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Points at another place; one that nobody wrote is left out.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        if span.is_some() {
            self.related.push((span, label.into()));
        }
        self
    }

    /// Whether the fix may be made without asking: it is the rule's own, or the one word of the language that is near.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        let of_the_language = self.code == code::UNKNOWN_KEY || self.code == code::BAD_VALUE;
        self.fix.is_some() && (!self.guess || of_the_language)
    }

    /// Offers the nearest of the known names, or lists them: "did you mean `v2`?".
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(near) = nearest(wrong, known.iter().copied()) {
            let mut this = self.help(format!("did you mean `{near}`?"));
            this.fix = is_only(wrong, near, &known).then(|| near.to_owned());
            this.guess = true;
            return this;
        }
        match known.len() {
            0 => self,
            1..=12 => self.help(format!("known: {}", known.join(", "))),
            more => self.help(format!("known: {}, and {} more", known[..12].join(", "), more - 12)),
        }
    }
}

/// The sentence, with what stands in back-ticks cut short where nobody would read to its end.
fn clipped(sentence: String) -> String {
    const MOST: usize = 200;
    if sentence.len() <= MOST {
        return sentence;
    }
    let part = |part: &str| match part.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &part[..end]),
        None => part.to_owned(),
    };
    sentence.split('`').map(part).collect::<Vec<_>>().join("`")
}

/// The known name that `wrong` most likely meant; `None` if nothing is near.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wrong.to_ascii_lowercase();
    let limit = (wrong.chars().count() / 3).clamp(1, 3);
    let is_near = |it: &&str| it.len().abs_diff(folded.len()) <= 4 * limit;
    known
        .into_iter()
        .filter(is_near)
        .map(|it| (strsim::damerau_levenshtein(&folded, &it.to_ascii_lowercase()), it))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// Whether no other known name is as near.
fn is_only(wrong: &str, near: &str, known: &[&str]) -> bool {
    let far = |it: &str| strsim::damerau_levenshtein(&wrong.to_ascii_lowercase(), &it.to_ascii_lowercase());
    let least = far(near);
    known.len() == 1
        || !known.iter().any(|it| *it != near && it.len().abs_diff(wrong.len()) <= least && far(it) <= least)
}

/// Proof that an error was told: only [`Diagnostics`] makes one, so `Err(Reported)` is never silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported(());

/// What has been found so far.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Takes a finding in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes an error in and gives the proof of it.
    pub fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        debug_assert_eq!(diagnostic.severity, Severity::Error, "only an error may end a phase");
        self.push(diagnostic);
        Reported(())
    }

    /// `Err` if any error has been told so far.
    ///
    /// # Errors
    /// [`Reported`], when there is an error among the findings.
    pub fn ok(&self) -> Result<(), Reported> {
        if self.errors() == 0 { Ok(()) } else { Err(Reported(())) }
    }

    /// The value, or the proof that an error was told when there is none.
    ///
    /// # Errors
    /// [`Reported`], when the value is missing.
    pub fn found<T>(&self, value: Option<T>) -> Result<T, Reported> {
        debug_assert!(
            value.is_some() || self.errors() > 0,
            "whatever is missing is reported where it is missed"
        );
        value.ok_or(Reported(()))
    }

    /// Takes in what somebody else found; what was found already is not told twice.
    pub fn append(&mut self, other: Self) {
        if other.list.is_empty() {
            return;
        }
        let key = |it: &Diagnostic| (it.span, it.code.id, it.message.clone());
        // Whoever is new to a large mesh may have as many findings as lines: each is looked up, not searched for.
        let mut told: BTreeSet<_> = self.list.iter().map(key).collect();
        self.list.extend(other.list.into_iter().filter(|it| told.insert(key(it))));
    }

    /// Forgets what was found from `start` on, in a text that turned out not to be one.
    pub fn take_out(&mut self, start: u32, length: usize) {
        let end = u64::from(start) + length as u64;
        self.list.retain(|it| u64::from(it.span.lo) < u64::from(start) || u64::from(it.span.lo) > end);
    }

    /// Keeps what is asked for; a finding may be changed on the way.
    pub fn retain(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.list.retain_mut(keep);
    }

    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings after the first `count`, to be said more clearly.
    pub fn since(&mut self, count: usize) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut().skip(count)
    }

    /// How many errors there are.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|it| it.severity == Severity::Error).count()
    }

    /// All findings, in the order of the files, then of the places in them.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.list.iter().collect();
        all.sort_by_key(|it| it.span);
        all
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Diagnostic, Diagnostics, code};
    use crate::source::Span;

    #[test]
    fn what_was_found_already_is_not_told_twice() {
        let found = |places: &[u32]| {
            let mut diags = Diagnostics::default();
            for &lo in places {
                diags.push(Diagnostic::error(
                    code::UNKNOWN_KEY,
                    Span { lo, hi: lo + 1 },
                    "a profile has no key",
                ));
            }
            diags
        };
        let mut all = found(&[7, 3]);
        all.append(found(&[3, 9, 9, 7]));
        let places: Vec<u32> = all.list.iter().map(|it| it.span.lo).collect();
        assert_eq!(places, [7, 3, 9]);
    }
}
