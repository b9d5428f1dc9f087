//! The destinations of a VirtualService, and what is known of the hosts that it names.

use crate::kube::Sort;
use crate::mesh::destination::meant;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::{Span, Str};
use crate::yaml::Node;

/// Where a route leads, or where it mirrors requests to.
#[derive(Clone, Copy)]
pub struct Destination<'m> {
    /// The VirtualService.
    pub object: &'m Object,
    /// The whole destination.
    pub node: &'m Node,
    /// The host that it names.
    pub host: &'m Str,
    /// Where the host stands.
    pub span: Span,
    /// Whether requests are only mirrored there.
    pub mirrors: bool,
}

impl<'m> Destination<'m> {
    fn of(object: &'m Object, node: &'m Node, mirrors: bool) -> Option<Self> {
        let host = node.get("host")?;
        Some(Self { object, node, host: host.text().filter(|it| !it.is_empty())?, span: host.span, mirrors })
    }

    /// The subset that it names.
    pub fn subset(self) -> Option<&'m Node> {
        self.node.get("subset").filter(|it| it.text().is_some_and(|it| !it.is_empty()))
    }

    /// The Service or ServiceEntry that declares its host.
    pub fn target(self, cluster: &'m Cluster) -> Option<&'m Object> {
        let object = self.object;
        cluster.destination(self.host, object.namespace(), object.spec().list("exportTo"))
    }
}

/// Every destination of a VirtualService, those of routes first.
pub fn destinations(object: &Object) -> Vec<Destination<'_>> {
    let mut found = Vec::new();
    for protocol in ["tcp", "tls", "http"] {
        object.spec().each_at(&format!("{protocol}[].route[].destination"), &mut |it| {
            found.extend(Destination::of(object, it, false));
        });
    }
    for path in ["http[].mirror", "http[].mirrors[].destination"] {
        object.spec().each_at(path, &mut |it| found.extend(Destination::of(object, it, true)));
    }
    found
}

/// What the manifests know of a host that an object names.
#[derive(Clone, Copy)]
pub enum Knowledge<'m> {
    /// They declare it, or it was declared to live elsewhere.
    Known,
    /// It is a partial name of this Service, which nobody completes.
    Partial(&'m Object),
    /// They say nothing of the place where it is.
    Undescribed,
    /// They describe that place, and it is not there.
    Unknown,
}

/// What the manifests know of a host.
pub fn knowledge<'m>(cluster: &'m Cluster, object: &Object, host: &str) -> Knowledge<'m> {
    let namespace = object.namespace();
    if cluster.destination(host, namespace, object.spec().list("exportTo")).is_some()
        || cluster.is_elsewhere(&fqdn(host, namespace, &cluster.config.cluster_domain))
    {
        return Knowledge::Known;
    }
    match meant(cluster, host) {
        Some(service) => Knowledge::Partial(service),
        None if cluster.describes(host, namespace) => Knowledge::Unknown,
        None => Knowledge::Undescribed,
    }
}

/// The names of the Services that an object could mean by a short name.
pub fn short_names<'m>(cluster: &'m Cluster, namespace: &'m str) -> Vec<&'m str> {
    let services = cluster.of(Sort::Service).filter(|it| it.namespace() == namespace);
    services.map(|it| it.name.as_str()).collect()
}
