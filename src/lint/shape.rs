//! What the API server says of a document by itself: unknown keys, wrong types, missing keys.

use crate::diag::Diagnostics;
use crate::kube;
use crate::mesh::Object;

/// Judges an object by the shape of its kind. A kind that nobody knows is no mistake: somebody's operator knows it.
pub fn judge(object: &Object, diags: &mut Diagnostics) {
    let told = diags.len();
    kube::judge(&object.api_version, &object.kind, &object.node, diags);
    for finding in diags.since(told) {
        finding.object = Some(Box::new(object.title()));
    }
}
