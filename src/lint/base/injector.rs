//! Whether an injector is asked about pods: those of the files, or the ones that Istio installs.
//!
//! Source: `pkg/config/analysis/analyzers/injection/image-auto.go`, and the webhooks of the chart `istio-control`.

use crate::kube::Sort;
use crate::mesh::selector::selects;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injection {
    /// A proxy gets in.
    Done,
    /// None does.
    Missed,
    /// The labels of the namespace would say it, and are not in the files.
    Unknown,
}

/// Whether the pods of a workload get a proxy.
pub fn injection<'m>(workload: Workload<'m>, cluster: &'m Cluster) -> Injection {
    let namespace = cluster.namespace(workload.object.namespace());
    let of_namespace = |key: &str| namespace.and_then(|it| it.label(key)).map(Str::as_str);
    let of_pod = |key: &str| workload.label(key).map(Str::as_str);
    let mut hooks = webhooks(cluster).peekable();
    if hooks.peek().is_some() {
        let asked = hooks.any(|hook| {
            hook.get("namespaceSelector").is_none_or(|it| selects(it, of_namespace))
                && hook.get("objectSelector").is_none_or(|it| selects(it, of_pod))
        });
        return if asked { Injection::Done } else { Injection::Missed };
    }
    let revision = of_pod("istio.io/rev").is_some() || of_namespace("istio.io/rev").is_some();
    match (of_pod("sidecar.istio.io/inject"), of_namespace("istio-injection")) {
        (Some("false"), _) => Injection::Missed,
        (_, Some(said)) => {
            if said == "enabled" {
                Injection::Done
            } else {
                Injection::Missed
            }
        }
        (asks, None) if asks == Some("true") || revision => Injection::Done,
        (_, None) if namespace.is_none() => Injection::Unknown,
        (_, None) => Injection::Missed,
    }
}

/// The webhooks of Istio's injectors, of all configurations of the files.
fn webhooks(cluster: &Cluster) -> impl Iterator<Item = &Node> {
    let all = cluster.of(Sort::MutatingWebhookConfiguration).flat_map(|it: &Object| it.node.list("webhooks"));
    all.filter(|it| it.word("name").is_some_and(|it| it.ends_with("istio.io")))
}
