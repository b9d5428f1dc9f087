//! Classes of Gateways: which of them Istio makes.
//!
//! Source: `pilot/pkg/config/kube/gatewaycommon/classinfo.go`.

use crate::kube::Sort;
use crate::lint::gateway_api::reference::{GROUP, parents};
use crate::mesh::{Cluster, Object};

/// The classes that every Istio brings.
pub const OF_ISTIO: [&str; 4] = ["istio", "istio-remote", "istio-waypoint", "istio-east-west"];

/// Whether Istio makes the Gateways of a class, as far as the files say it.
pub fn is_istio(cluster: &Cluster, class: &str) -> bool {
    let declared = cluster.of(Sort::GatewayClass).find(|it| it.name.as_str() == class);
    match declared.and_then(|it| it.spec().word("controllerName")) {
        Some(controller) => controller.starts_with("istio.io/"),
        None => OF_ISTIO.contains(&class),
    }
}

/// Whether a route is attached to what Istio makes, or to the mesh.
pub fn is_of_istio(cluster: &Cluster, route: &Object) -> bool {
    parents(route).any(|it| {
        let gateway = cluster.named(Sort::KubernetesGateway, it.namespace, it.name);
        let class = gateway.and_then(|it| it.spec().word("gatewayClassName"));
        !it.is(GROUP, "Gateway") || class.is_some_and(|it| is_istio(cluster, it))
    })
}
