//! The webhooks by which Istio is asked: who they are for, and where they lead.

mod address_of_control_plane;
mod injector_without_service;
mod overlapping_injectors;
mod unusable_control_plane;

pub use address_of_control_plane::RULE as ADDRESS_OF_CONTROL_PLANE;
pub use injector_without_service::RULE as INJECTOR_WITHOUT_SERVICE;
pub use overlapping_injectors::RULE as OVERLAPPING_INJECTORS;
pub use unusable_control_plane::RULE as UNUSABLE_CONTROL_PLANE;

use std::collections::BTreeSet;

use crate::kube::Sort;
use crate::lint::words::uri::uri;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

const REVISION: &str = "istio.io/rev";

/// The configurations of injectors: with a webhook of Istio's, or with a revision.
fn injectors(cluster: &Cluster) -> Vec<&Object> {
    let is_istio = |it: &Node| it.word("name").is_some_and(|it| it.ends_with("istio.io"));
    let all = cluster.of(Sort::MutatingWebhookConfiguration);
    all.filter(|it| !revisions(it).is_empty() || it.node.list("webhooks").iter().any(is_istio)).collect()
}

/// The revisions that a configuration speaks of.
fn revisions(configuration: &Object) -> BTreeSet<&str> {
    let mut found: BTreeSet<&str> = configuration.label(REVISION).map(Str::as_str).into_iter().collect();
    for hook in configuration.node.list("webhooks") {
        for selector in ["namespaceSelector", "objectSelector"].into_iter().filter_map(|it| hook.get(it)) {
            let label = selector.get("matchLabels").and_then(|it| it.word(REVISION));
            found.extend(label.map(Str::as_str));
            let expressions = selector.list("matchExpressions").iter();
            for it in expressions.filter(|it| it.word("key").is_some_and(|it| it == REVISION)) {
                found.extend(it.list("values").iter().filter_map(|it| it.text()).map(Str::as_str));
            }
        }
    }
    found
}

/// The webhooks of Istio's control plane, by the names that its installation gives the configurations.
fn of_control_plane(configuration: &Object) -> &[Node] {
    let name = configuration.name.as_str();
    let is = match configuration.sort {
        Some(Sort::MutatingWebhookConfiguration) => name.starts_with("istio-sidecar-injector"),
        _ => name == "istiod-default-validator" || name.starts_with("istio-validator"),
    };
    if is { configuration.node.list("webhooks") } else { &[] }
}

/// The name of the machine in the address of a webhook.
///
/// # Errors
/// The reason why it is no address.
fn machine(url: &str) -> Result<&str, String> {
    let host = uri(url)?.host;
    if let Some((inner, _)) = host.strip_prefix('[').and_then(|it| it.split_once(']')) {
        return Ok(inner);
    }
    Ok(host.rsplit_once(':').map_or(host, |it| it.0))
}

#[cfg(test)]
mod tests {
    use super::machine;

    #[test]
    fn an_address_has_a_machine() {
        assert_eq!(machine("https://istiod.example.com:15017/inject"), Ok("istiod.example.com"));
        assert_eq!(machine("https://[::1]:15017/inject"), Ok("::1"));
        assert_eq!(machine("https://10.0.0.1"), Ok("10.0.0.1"));
        assert!(machine("https://a:b/c").is_err() && machine("https://%zz/").is_err());
        assert!(machine("https://a b/c").is_err() && machine("https://[::1/").is_err());
    }
}
