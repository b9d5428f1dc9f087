//! Which objects were touched, and whether the cluster would take what became of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostics, Object, code};
use crate::kube::shape::{self, Reading};
use crate::kube::{Manifest, Resource};
use crate::source::Span;
use crate::yaml::Node;

/// The objects that a raw manifest or a patch is behind, by place, and the key to blame for what has no place.
#[derive(Default)]
pub struct Touched(BTreeMap<usize, Span>);

impl Touched {
    /// Marks an object; the first cause is the one to blame.
    pub fn mark(&mut self, index: usize, cause: Span) {
        self.0.entry(index).or_insert(cause);
    }

    /// What touched an object; [`Span::NONE`] if nothing did.
    pub fn span(&self, index: usize) -> Span {
        self.0.get(&index).copied().unwrap_or(Span::NONE)
    }

    /// Judges every object that was touched. One mistake of a patch for many objects is told once, and nothing is
    /// told of a scalar that was found ambiguous before.
    pub fn judge(&self, manifests: &[Manifest], diags: &mut Diagnostics) {
        let before = diags.sorted();
        let ambiguous = before.iter().filter(|it| it.code == code::AMBIGUOUS_SCALAR).map(|it| it.span);
        let ambiguous: BTreeSet<Span> = ambiguous.collect();
        let mut told = BTreeSet::new();
        for (index, cause) in &self.0 {
            let Resource::Other(other) = &manifests[*index].resource else { continue };
            let object = Object {
                kind: other.kind.to_string(),
                namespace: other.namespace.as_ref().map(ToString::to_string).unwrap_or_default(),
                name: other.name.to_string(),
            };
            let mut found = Diagnostics::default();
            judge(&other.api_version, &other.kind, &other.node, &mut found);
            for finding in found.sorted().into_iter().filter(|it| !ambiguous.contains(&it.span)) {
                let mut finding = finding.clone();
                if !told.insert((finding.span, *cause, finding.message.clone())) {
                    continue;
                }
                if !finding.span.is_some() {
                    finding.span = *cause;
                    finding.message = format!("{} in {} {}", finding.message, object.kind, object.name);
                }
                finding.object = Some(Box::new(object.clone()));
                diags.push(finding);
            }
        }
    }
}

/// Judges a document by the shape of its kind; of kinds that we do not know, only what all objects have. We print it
/// anew, so that plain scalars stand for what YAML 1.2 says.
pub fn judge(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) {
    if !shape::judge(api_version, kind, document, Reading::Core, diags) {
        shape::judge_metadata(document, Reading::Core, diags);
    }
}
