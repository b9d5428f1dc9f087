//! What the API server says of a document by itself: unknown keys, wrong types, missing keys.

use crate::diag::{Diagnostic, Diagnostics, Severity, code};
use crate::kube::{self, Sort};
use crate::mesh::{Object, Workload};

/// Judges an object by the shape of its kind. A kind that nobody knows is no mistake: somebody's operator knows it.
pub fn judge(object: &Object, diags: &mut Diagnostics) {
    let mut own = Diagnostics::default();
    kube::judge(&object.api_version, &object.kind, &object.node, &mut own);
    if own.is_empty() {
        return;
    }
    let is_patch = is_patch(object);
    for finding in own.sorted() {
        if is_patch && finding.code == code::MISSING_KEY {
            continue;
        }
        let object = Some(Box::new(object.title()));
        diags.push(Diagnostic { object, ..finding.clone() });
    }
    if is_patch {
        let message = format!(
            "`{} {}` has neither selector nor image: it is judged as a patch",
            object.kind, object.name
        );
        let mut finding = Diagnostic::warning(code::PARTIAL_OBJECT, object.span(), message);
        finding.severity = Severity::Info;
        finding.object = Some(Box::new(object.title()));
        diags.push(finding.help(
            "what it lacks is in the object that it is laid over: judge what `kustomize build` prints",
        ));
    }
}

/// Whether a document is one half of an object, as Kustomize lays one over another: of a workload that says neither
/// which pods are its own nor what runs in them, nobody can have meant the whole.
fn is_patch(object: &Object) -> bool {
    let picks = [Sort::Deployment, Sort::StatefulSet, Sort::DaemonSet];
    let Some(workload) = object.sort.filter(|it| picks.contains(it)).and_then(|_| Workload::of(object))
    else {
        return false;
    };
    let pod = workload.pod_spec();
    let containers = pod.list("containers").iter().chain(pod.list("initContainers"));
    !object.spec().has("selector") && containers.clone().all(|it| !it.has("image"))
}
