//! Documents that are only parts: what a kustomization lays over a whole one.

use crate::diag::{Diagnostics, Severity, code};
use crate::kube::shape::rule::get;
use crate::yaml::Node;

/// What is missing in a part is only worth a warning; `before` is how many findings there were.
pub fn soften(document: &Node, before: usize, diags: &mut Diagnostics) {
    if !is_part(document) {
        return;
    }
    for finding in diags.since(before).filter(|it| it.code == code::MISSING_KEY) {
        finding.severity = Severity::Warning;
        finding.help = Some("if this is a patch, judge what it is laid over".to_owned());
    }
}

/// Nobody runs containers of which none has an image.
fn is_part(document: &Node) -> bool {
    let Some(spec) = get(document, "spec") else { return false };
    let job = spec.at(&["jobTemplate", "spec"]).unwrap_or(spec);
    let pod = job.at(&["template", "spec"]);
    let containers = pod.and_then(|it| get(it, "containers")).map(Node::items).unwrap_or_default();
    let bare = pod.is_some() && containers.is_empty();
    bare || (!containers.is_empty() && containers.iter().all(|it| get(it, "image").is_none()))
}
