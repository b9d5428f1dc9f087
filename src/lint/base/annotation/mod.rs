//! Annotations of Istio's: where they are written, and what they may say.

mod alpha_annotation;
mod catalogue;
mod deprecated_annotation;
mod misplaced_annotation;
mod proxy_config;
mod unknown_annotation;
mod unusable_annotation;
mod value;

pub use alpha_annotation::RULE as ALPHA_ANNOTATION;
pub use deprecated_annotation::RULE as DEPRECATED_ANNOTATION;
pub use misplaced_annotation::RULE as MISPLACED_ANNOTATION;
pub use unknown_annotation::RULE as UNKNOWN_ANNOTATION;
pub use unusable_annotation::RULE as UNUSABLE_ANNOTATION;

use crate::kube::Sort;
use crate::lint::base::annotation::catalogue::{Annotation, annotation, is_of_istio, is_written_by_istio};
use crate::mesh::object::NOTHING;
use crate::mesh::{Object, Workload};
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// The kinds whose annotations Istio's analyzer looks at, and those whose pods' it would see in a cluster.
const SORTS: &[Sort] = &[
    Sort::Namespace,
    Sort::Service,
    Sort::Pod,
    Sort::Deployment,
    Sort::StatefulSet,
    Sort::DaemonSet,
    Sort::ReplicationController,
    Sort::Job,
    Sort::CronJob,
    Sort::Rollout,
];

/// An annotation of Istio's where somebody wrote it.
struct Written<'m> {
    /// The kind that has it: of a template, `Pod`.
    kind: &'m str,
    /// The object or template that has it.
    holder: &'m Node,
    entry: &'m Entry,
    /// What Istio knows of it; `None` for a name that it does not know.
    known: Option<&'static Annotation>,
}

impl Written<'_> {
    fn value(&self) -> &str {
        self.entry.value.text().map_or("", Str::as_str)
    }

    fn has_label(&self, key: &str) -> bool {
        self.holder.get("metadata").and_then(|it| it.get("labels")).is_some_and(|it| it.has(key))
    }

    /// Whether it is read where it stands.
    fn belongs(&self) -> bool {
        self.known.is_none_or(|it| it.kinds.contains(&"Any") || it.kinds.contains(&self.kind))
    }
}

/// The annotations of Istio's on an object and on the template of its pods, but for those that Istio writes itself.
fn written(object: &Object) -> impl Iterator<Item = Written<'_>> {
    let template = Workload::of(object).filter(|_| !object.is(Sort::Pod)).map_or(&NOTHING, |it| it.template);
    [(object.kind.as_str(), &object.node), ("Pod", template)].into_iter().flat_map(|(kind, holder)| {
        let all = holder.get("metadata").map_or(&[][..], |it| it.pairs("annotations"));
        let of_istio = all
            .iter()
            .filter(|it| is_of_istio(&it.key) && !is_written_by_istio(&it.key) && !object.is_of_kubernetes());
        of_istio.map(move |entry| Written { kind, holder, entry, known: annotation(&entry.key) })
    })
}
