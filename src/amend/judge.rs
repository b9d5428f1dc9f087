//! Which objects were touched, and whether the cluster would take what became of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Diagnostics, Object, code};
use crate::kube::{Manifest, Resource, builtin, shape};
use crate::source::Span;
use crate::yaml::{Kind, Node};

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

/// Judges a document by the shape of its kind; of kinds that we do not know, only what all objects have.
pub fn judge(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) {
    let known = shape::check(api_version, kind, document, diags)
        || builtin::check(api_version, kind, document, diags);
    if !known {
        shape::check_metadata(document, diags);
    }
    check_name(document, diags);
}

/// The API server takes lower-case letters, digits, `-` and `.`, in few kinds more: names of RBAC may have a `:`.
fn check_name(document: &Node, diags: &mut Diagnostics) {
    let Some(node) = document.at(&["metadata", "name"]) else { return };
    let Kind::Scalar(scalar) = &node.kind else { return };
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'-' | b'.' | b':');
    let text = scalar.text.as_str();
    let ends = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    if text.len() > 253 || !text.bytes().all(fits) || !ends(bytes.first()) || !ends(bytes.last()) {
        let message = format!("`{text}` is not a name that Kubernetes takes");
        let help = "use lower-case letters, digits and `-`, a letter or digit at both ends";
        diags.push(Diagnostic::error(code::BAD_VALUE, node.span, message).help(help));
    }
}
