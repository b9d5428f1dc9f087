//! Services: what their ports say, and who answers on them.

mod contested_protocol;
mod external_name_port;
mod one_target_two_ports;
mod two_transports;
mod undeclared_protocol;
mod unknown_app_protocol;
mod unlisted_target_port;

pub use contested_protocol::RULE as CONTESTED_PROTOCOL;
pub use external_name_port::RULE as EXTERNAL_NAME_PORT;
pub use one_target_two_ports::RULE as ONE_TARGET_TWO_PORTS;
pub use two_transports::RULE as TWO_TRANSPORTS;
pub use undeclared_protocol::RULE as UNDECLARED_PROTOCOL;
pub use unknown_app_protocol::RULE as UNKNOWN_APP_PROTOCOL;
pub use unlisted_target_port::RULE as UNLISTED_TARGET_PORT;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// Whether a Service has a name of somewhere else in place of pods.
fn is_external_name(service: &Object) -> bool {
    service.spec().word("type").is_some_and(|it| it == "ExternalName")
}

/// Whether nobody but Istio's own controllers chose the ports of a Service.
fn is_made_by_istio(service: &Object) -> bool {
    let managed = service.label("gateway.istio.io/managed").map_or("", Str::as_str);
    super::is_of_the_system(service)
        || ["istio.io-gateway-controller", "istio.io-mesh-controller", "istio.io-eastwest-controller"]
            .contains(&managed)
}

/// The port of a pod that a port of a Service leads to: without `targetPort` its own number.
fn target(port: &Node) -> Option<&Str> {
    port.word("targetPort").filter(|it| !it.is_empty() && *it != "0").or_else(|| port.word("port"))
}

/// Workloads with sidecars whose inbound ports Istio builds from the Services over them; waypoints have none.
fn in_mesh(cluster: &Cluster) -> impl Iterator<Item = Workload<'_>> {
    const SORTS: &[Sort] = &[Sort::Deployment, Sort::StatefulSet, Sort::DaemonSet, Sort::Rollout];
    let is_waypoint =
        |it: &Object| it.label("gateway.istio.io/managed").is_some_and(|it| it == "istio.io-mesh-controller");
    let all = SORTS.iter().flat_map(|it| cluster.of(*it));
    let all = all.filter(move |it| !is_waypoint(it) && !it.is_of_kubernetes());
    all.filter_map(Workload::of).filter(|it| it.is_in_mesh(cluster))
}

/// The ports of all Services over a workload, each with its Service.
fn ports_over<'m>(cluster: &'m Cluster, workload: Workload<'m>) -> Vec<(&'m Object, &'m Node)> {
    let services = cluster.services_over(workload);
    services
        .flat_map(|service| service.spec().list("ports").iter().map(move |port| (service, port)))
        .collect()
}

/// So many ports and Services are shown beside a finding.
const MOST_SHOWN: usize = 8;

/// Names with back-ticks and commas.
fn names<'a>(all: impl IntoIterator<Item = &'a Object>) -> String {
    let mut names: Vec<String> = all.into_iter().map(|it| format!("`{}`", it.name)).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(MOST_SHOWN);
    names.truncate(MOST_SHOWN);
    let shown = names.join(", ");
    if more > 0 { format!("{shown}, and {more} more") } else { shown }
}
