//! A rule is its documentation is its test: one `static` says why, shows bad and good, and finds the mistake.

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;

/// A rule over some subject: a profile, later a mesh.
pub struct Rule<S: ?Sized> {
    /// `MG` and four digits; never reused.
    pub code: &'static str,
    /// The mistake, in kebab case: it reads well after "allow …".
    pub name: &'static str,
    /// How bad it is unless the finding says otherwise.
    pub severity: Severity,
    /// What other tools call it.
    pub equivalents: &'static [&'static str],
    /// What goes wrong in a cluster that has this mistake.
    pub why: &'static str,
    /// An input that has it; every line that must be reported ends in `#~`.
    pub bad: &'static str,
    /// The same without the mistake.
    pub good: &'static str,
    /// Finds it.
    pub run: fn(&S, &mut Findings<'_>),
}

impl<S: ?Sized> Rule<S> {
    /// Runs the rule; what it finds is stamped with its code and severity.
    pub fn apply(&self, subject: &S, diags: &mut Diagnostics) {
        let code = Code { id: self.code, name: self.name, equivalents: self.equivalents };
        (self.run)(subject, &mut Findings { code, severity: self.severity, diags });
    }
}

/// Where a rule puts what it finds.
pub struct Findings<'a> {
    code: Code,
    severity: Severity,
    diags: &'a mut Diagnostics,
}

impl Findings<'_> {
    /// A finding at a place, not yet told: add help and labels, then [`Findings::push`] it.
    #[must_use]
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut finding = Diagnostic::error(self.code, span, message);
        finding.severity = self.severity;
        finding
    }

    /// Tells a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.diags.push(finding);
    }
}
