//! Alerts on plaintext where the profile asks for mutual TLS on every port of a kind.
//!
//! A port that the profile itself excepts is no reason to wake anybody, and metrics do not tell ports apart: a service
//! with such a port is not watched for the protocols of that port.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::{Watched, ports};
use crate::metrics::alert::{self, Alert};
use crate::metrics::query::each;
use crate::metrics::{Label, Match, Metric, REQUESTS, TCP_OPENED};
use crate::profile::MtlsMode;
use crate::profile::lookup::ServiceRef;
use crate::profile::service::Protocol;

/// One for requests, one for connections.
pub fn alerts(watched: &Watched<'_>, out: &mut Alerts<'_>) {
    alert(watched, &alert::PLAINTEXT_REQUESTS, &REQUESTS, Protocol::is_http, out);
    alert(watched, &alert::PLAINTEXT_CONNECTIONS, &TCP_OPENED, |it| !it.is_http(), out);
}

fn alert(
    watched: &Watched<'_>,
    alert: &'static Alert,
    metric: &Metric,
    such: fn(Protocol) -> bool,
    out: &mut Alerts<'_>,
) {
    let Some(services) = watched.some(|it| is_strict(it, such)) else { return };
    let plaintext = Match::Not(Label::ConnectionSecurityPolicy, "mutual_tls");
    let rate = each(metric, &services, &[plaintext], &[], "5m");
    out.raise(alert, made(&format!("{rate} > 0")));
}

/// Whether a service has such ports, and all of them are strict.
fn is_strict(service: ServiceRef<'_>, such: fn(Protocol) -> bool) -> bool {
    let mut ports = ports(service, such).peekable();
    ports.peek().is_some()
        && ports.all(|(name, _)| service.port_mtls(name).is_some_and(|it| it.value == MtlsMode::Strict))
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn rules(profile: &str) -> String {
        object(&format!("{profile}\nobservability: {{ rules: true }}"), "PrometheusRule", "mesh")
    }

    #[test]
    fn plaintext_is_an_alert_only_where_every_such_port_is_strict() {
        let services = "services:\n  open: { mtls: permissive, versions: { v1: {} } }\n  \
                        shut: { versions: { v1: {} } }\n  \
                        door: { mtls: { ports: { http: permissive } }, versions: { v1: {} } }\n";
        let strict = rules(services);
        let line = strict.lines().find(|it| it.contains("connection_security_policy")).unwrap();
        assert!(line.contains("destination_service_name=\"shut\""), "{line}");
        assert!(!rules(&format!("mtls: permissive\n{services}")).contains("MeshPlaintext"));
        assert!(!rules(&format!("mtls: null\n{services}")).contains("MeshPlaintext"));
        assert!(
            rules(&format!("mtls: {{ mesh: strict, namespace: null }}\n{services}"))
                .contains("MeshPlaintextRequests")
        );
    }

    #[test]
    fn bytes_are_counted_by_connections() {
        let text = rules(
            "services: { db: { ports: { http: null, sql: { number: 5432, protocol: tcp } }, versions: { v1: {} } } }",
        );
        assert!(
            text.contains("MeshPlaintextConnections") && !text.contains("MeshPlaintextRequests"),
            "{text}"
        );
        assert!(!text.contains("istio_requests_total"), "{text}");
    }
}
