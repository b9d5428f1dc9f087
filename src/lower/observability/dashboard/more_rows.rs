//! The rows that not every mesh has, and that of certificates.

use crate::kube::observability::grafana::Millionths;
use crate::lower::observability::dashboard::page::Page;
use crate::lower::observability::dashboard::panels::{Unit, lines, stat};
use crate::metrics::panel::{gauge_by, rate_by};
use crate::metrics::{
    CERTIFICATE, CONNECTION_OVERFLOW, CONNECTIONS_OPEN, EJECTED, EJECTIONS, Label, Match, PENDING_OPEN,
    PENDING_OVERFLOW, REQUESTS_OPEN, TCP_CLOSED, TCP_OPENED, TCP_RECEIVED, TCP_SENT,
};

const WINDOW: &str = "$__rate_interval";
/// A cluster of Envoy's is `outbound|80|v1|hello.demo.svc.cluster.local`.
const CLUSTERS: Match<'static> = Match::Like(Label::ClusterName, "outbound[|].*[|](${service:pipe})");
const BY_CLUSTER: &[Label] = &[Label::ClusterName];
const CLUSTER: &str = "{{cluster_name}}";
const TCP: Match<'static> = Match::Like(Label::DestinationService, "${tcp:pipe}");
const AT_DESTINATION: Match<'static> = Match::Is(Label::Reporter, "destination");
const WORKLOAD: &[Label] = &[Label::DestinationServiceName, Label::DestinationVersion];
const WORKLOAD_LEGEND: &str = "{{destination_service_name}} {{destination_version}}";

/// What the callers' proxies hold back, and from whom.
pub fn breakers(page: &mut Page) {
    page.row("Circuit breakers", None);
    let ejected = gauge_by("max", BY_CLUSTER, &EJECTED, &[CLUSTERS]);
    let ejected = lines("Endpoints put out now", Unit::Count, vec![(ejected, CLUSTER)]);
    page.put(8, 8, ejected.note("As the caller sees it that has put out the most."));
    let ejections = rate_by(BY_CLUSTER, &EJECTIONS, &[CLUSTERS], WINDOW);
    page.put(8, 8, lines("Endpoints put out", Unit::Events, vec![(ejections, CLUSTER)]));
    let pending = rate_by(BY_CLUSTER, &PENDING_OVERFLOW, &[CLUSTERS], WINDOW);
    let refused = lines("Requests refused (UO)", Unit::Requests, vec![(pending, CLUSTER)]);
    page.put(8, 8, refused.note("The queue for a connection was full: the caller got a 503 at once."));
    let gauges = [
        (gauge_by("max", BY_CLUSTER, &PENDING_OPEN, &[CLUSTERS]), "queue of {{cluster_name}}"),
        (gauge_by("max", BY_CLUSTER, &REQUESTS_OPEN, &[CLUSTERS]), "requests of {{cluster_name}}"),
        (gauge_by("max", BY_CLUSTER, &CONNECTIONS_OPEN, &[CLUSTERS]), "connections of {{cluster_name}}"),
    ];
    let open = lines("Limits that are reached", Unit::Count, gauges.into());
    page.put(
        12,
        8,
        open.note("1 while no more of them are allowed. All connections in use is no failure by itself."),
    );
    let connections = rate_by(BY_CLUSTER, &CONNECTION_OVERFLOW, &[CLUSTERS], WINDOW);
    let connections = lines("Connections that were not opened", Unit::Events, vec![(connections, CLUSTER)]);
    page.put(12, 8, connections.note("The limit of connections was met, so requests waited for one."));
}

/// Services whose bytes the mesh carries without reading them.
pub fn bytes(page: &mut Page) {
    let of = [AT_DESTINATION, TCP];
    page.row("TCP services", None);
    let opened = rate_by(WORKLOAD, &TCP_OPENED, &of, WINDOW);
    page.put(6, 8, lines("Connections opened", Unit::Events, vec![(opened, WORKLOAD_LEGEND)]));
    let closed = rate_by(WORKLOAD, &TCP_CLOSED, &of, WINDOW);
    page.put(6, 8, lines("Connections closed", Unit::Events, vec![(closed, WORKLOAD_LEGEND)]));
    let received = rate_by(WORKLOAD, &TCP_RECEIVED, &of, WINDOW);
    page.put(6, 8, lines("Bytes received", Unit::Bytes, vec![(received, WORKLOAD_LEGEND)]));
    let sent = rate_by(WORKLOAD, &TCP_SENT, &of, WINDOW);
    page.put(6, 8, lines("Bytes sent", Unit::Bytes, vec![(sent, WORKLOAD_LEGEND)]));
}

/// How long identities last. Istio renews a certificate of a day after half of it.
pub fn certificates(page: &mut Page, namespaces: &str) {
    let ours = Match::Like(Label::Namespace, namespaces);
    let six_hours = Some(Millionths(6 * 3600 * 1_000_000));
    page.row("Certificates", None);
    let first = gauge_by("min", &[], &CERTIFICATE, &[ours]);
    page.put(6, 8, stat("The first certificate ends in", Unit::Seconds, first).at_least(six_hours));
    let each = gauge_by("min", &[Label::ResourceName], &CERTIFICATE, &[ours]);
    let each = lines("Time left", Unit::Seconds, vec![(each, "{{resource_name}}")]).at_least(six_hours);
    page.put(
        18,
        8,
        each.note("The least of all proxies: `default` is their own certificate, `ROOTCA` that of the mesh."),
    );
}
