//! The shape of a rule about manifests: its documentation, its test, and one of three ways to be asked.

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::kube::Sort;
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::Node;

/// A rule about manifests.
pub struct Rule {
    /// `MG` and four digits; never reused.
    pub code: &'static str,
    /// The mistake, in kebab case: it reads well after "allow …".
    pub name: &'static str,
    /// How bad it is unless the finding says otherwise.
    pub severity: Severity,
    /// What other tools call it. A check that Istio, Kiali and we make is one rule with several of them.
    pub equivalents: &'static [&'static str],
    /// What goes wrong in a cluster that has this mistake.
    pub why: &'static str,
    /// Manifests that have it; every line that must be reported ends in `#~`.
    pub bad: &'static str,
    /// The same without the mistake.
    pub good: &'static str,
    /// Finds it.
    pub run: Run,
}

/// How a rule is asked.
pub enum Run {
    /// About each value at some places: a kind, and the path of [`Node::each_at`]. One constraint, one line a place.
    Values(&'static [(Sort, &'static str)], fn(&Node, &mut Findings<'_>)),
    /// About each object of some kinds. The cluster is there for what the mesh says as a whole, its configuration above all.
    Each(&'static [Sort], fn(&Object, &Cluster, &mut Findings<'_>)),
    /// About all objects together, once.
    All(fn(&Cluster, &mut Findings<'_>)),
}

impl Rule {
    /// What findings of it are stamped with.
    pub fn stamp(&self) -> Code {
        Code { id: self.code, name: self.name, equivalents: self.equivalents }
    }

    /// Asks the rule about a whole cluster.
    pub fn apply(&self, cluster: &Cluster, diags: &mut Diagnostics) {
        let mut findings = Findings { code: self.stamp(), severity: self.severity, object: None, diags };
        if let Run::All(run) = self.run {
            return run(cluster, &mut findings);
        }
        for object in cluster.objects() {
            self.apply_to(object, cluster, findings.diags);
        }
    }

    /// Asks the rule about one object, if it is asked about objects of this kind.
    pub fn apply_to(&self, object: &Object, cluster: &Cluster, diags: &mut Diagnostics) {
        let Some(sort) = object.sort else { return };
        let mut findings =
            Findings { code: self.stamp(), severity: self.severity, object: Some(object), diags };
        match self.run {
            Run::Values(places, run) => {
                for (_, path) in places.iter().filter(|it| it.0 == sort) {
                    object.node.each_at(path, &mut |value| run(value, &mut findings));
                }
            }
            Run::Each(sorts, run) if sorts.contains(&sort) => run(object, cluster, &mut findings),
            Run::Each(..) | Run::All(_) => {}
        }
    }
}

/// Where a rule puts what it finds.
pub struct Findings<'a> {
    code: Code,
    severity: Severity,
    object: Option<&'a Object>,
    diags: &'a mut Diagnostics,
}

impl Findings<'_> {
    /// A finding at a place of the object that the rule is asked about, not yet told: add help and labels, then
    /// [`Findings::push`] it.
    #[must_use]
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut finding = Diagnostic::error(self.code, span, message);
        finding.severity = self.severity;
        match self.object {
            Some(object) => about(finding, object),
            None => finding,
        }
    }

    /// A finding at a place of any object.
    #[must_use]
    pub fn on(&self, object: &Object, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut finding = Diagnostic::error(self.code, span, message);
        finding.severity = self.severity;
        about(finding, object)
    }

    /// Tells a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.diags.push(finding);
    }
}

/// What nobody wrote has no place: the object's own has to do.
fn about(mut finding: Diagnostic, object: &Object) -> Diagnostic {
    if !finding.span.is_some() {
        finding.span = object.span();
    }
    finding.object = Some(Box::new(object.title()));
    finding
}
