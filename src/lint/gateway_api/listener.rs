//! Listeners of a Gateway of the Gateway API, and which routes they let attach.

use crate::mesh::selector::selects;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

/// The listeners of a Gateway that a reference means: all, or those of its section and port.
pub fn meant<'m>(gateway: &'m Object, reference: &'m Node) -> impl Iterator<Item = &'m Node> {
    gateway.spec().list("listeners").iter().filter(move |it| {
        let section = reference.said("sectionName");
        let port = reference.whole("port");
        section.is_none_or(|wanted| it.word("name") == Some(wanted))
            && port.is_none_or(|wanted| it.whole("port") == Some(wanted))
    })
}

/// Whether a listener lets routes of a namespace attach; of a namespace that nobody declared, its labels are unknown
/// and may do.
pub fn admits(cluster: &Cluster, gateway: &Object, listener: &Node, namespace: &str) -> bool {
    let namespaces = listener.at(&["allowedRoutes", "namespaces"]);
    match namespaces.and_then(|it| it.said("from")).map_or("Same", |it| it.as_str()) {
        "All" => true,
        "Selector" => {
            let Some(selector) = namespaces.and_then(|it| it.get("selector")) else { return false };
            let declared = cluster.namespace(namespace);
            declared.is_none_or(|it| {
                selects(selector, |key| match key {
                    "kubernetes.io/metadata.name" => Some(namespace),
                    _ => it.label(key).map(Str::as_str),
                })
            })
        }
        "Same" => gateway.namespace() == namespace,
        _ => false,
    }
}
