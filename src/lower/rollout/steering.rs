//! Which mesh objects Argo Rollouts changes, and how others are told to leave them alone.

use crate::kube::rollout::rollout::{IstioRouting, SteeredPort, SteeredRule, SteeredService, SteeredTls};
use crate::kube::traffic::virtual_service::{RouteDestination, VirtualServiceSpec};
use crate::kube::{Manifest, Resource, VirtualService};
use crate::lower::Context;
use crate::profile::delivery::Tool;
use crate::source::{Spanned, Text};
use crate::units::Weight;

/// The subset of the pods that serve.
pub const STABLE: &str = "stable";
/// The subset of the new pods.
pub const CANARY: &str = "canary";

/// Every request to the pods that serve, none to the new ones: what holds while nothing is released.
pub fn shares<T>(destination: impl Fn(&'static str) -> T) -> [(T, Spanned<Weight>); 2] {
    [(STABLE, 100), (CANARY, 0)].map(|(subset, weight)| (destination(subset), Spanned::made(Weight(weight))))
}

/// The DestinationRule of a service, and every route with weights.
pub fn routing(name: &Text, manifests: &[Manifest]) -> IstioRouting {
    let mut services: Vec<SteeredService> = manifests.iter().filter_map(steered).collect();
    let only = if services.len() == 1 { services.pop() } else { None };
    IstioRouting {
        virtual_service: only,
        virtual_services: services,
        destination_rule: SteeredRule {
            name: name.clone(),
            canary_subset_name: CANARY,
            stable_subset_name: STABLE,
        },
    }
}

fn steered(manifest: &Manifest) -> Option<SteeredService> {
    let Resource::VirtualService(it) = &manifest.resource else { return None };
    let VirtualService { metadata, spec } = it.as_ref();
    let VirtualServiceSpec { hosts: _, gateways: _, export_to: _, http, tls, tcp } = spec;
    let weighted = |route: &[RouteDestination]| !route.is_empty();
    let tls = tls.iter().flat_map(|it| &it.r#match);
    let tcp = tcp.iter().flat_map(|it| &it.r#match);
    Some(SteeredService {
        name: metadata.name.clone(),
        routes: http.iter().filter(|it| weighted(&it.route)).map(|it| it.name.clone()).collect(),
        tls_routes: tls.map(|it| SteeredTls { port: it.port, sni_hosts: it.sni_hosts.clone() }).collect(),
        tcp_routes: tcp.map(|it| SteeredPort { port: it.port }).collect(),
    })
}

/// Flux cannot share a list with another writer: each time that it applies, weights and labels of subsets would be those
/// of Git again, in the midst of a release. So it only makes these objects; to change one, delete it or say `Override`.
pub fn left_alone(cx: &Context<'_>, manifests: &mut [Manifest]) {
    if !cx.profile.delivery.tool.is_some_and(|it| it.value == Tool::Flux) {
        return;
    }
    for metadata in manifests.iter_mut().filter_map(|it| it.resource.metadata_mut()) {
        metadata.annotations.set("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent");
    }
}
