//! A probe of the profile becomes one of Kubernetes, its port filled in.

use crate::kube::base::probe::{Ask, Exec, Grpc, HttpGet, Probe, TcpSocket};
use crate::lower::base::container::port_name;
use crate::profile::service::ServicePort;
use crate::profile::workload;
use crate::source::Spanned;
use crate::units::{Port, PortRef};
use crate::yaml::Named;

/// The probe; `None` where it asks nothing, or a port that nobody named.
pub fn probe(probe: &workload::Probe, ports: Option<&Named<ServicePort>>) -> Option<Probe> {
    let workload::Probe {
        http_get,
        tcp_socket,
        exec,
        grpc,
        initial_delay_seconds,
        period_seconds,
        timeout_seconds,
        failure_threshold,
        success_threshold,
    } = probe;
    let ask = if let Some(it) = http_get {
        Ask::HttpGet(HttpGet { path: it.path.clone(), port: port(it.port.as_ref(), ports)?, scheme: "HTTP" })
    } else if let Some(it) = tcp_socket {
        Ask::TcpSocket(TcpSocket { port: port(it.port.as_ref(), ports)? })
    } else if let Some(it) = grpc {
        Ask::Grpc(Grpc { port: number(it.port.as_ref(), ports)? })
    } else {
        Ask::Exec(Exec { command: exec.as_ref()?.command.clone() })
    };
    Some(Probe {
        ask,
        initial_delay_seconds: *initial_delay_seconds,
        period_seconds: *period_seconds,
        timeout_seconds: *timeout_seconds,
        failure_threshold: *failure_threshold,
        success_threshold: *success_threshold,
    })
}

/// The container's port by name: the one that is asked for, or the service's first.
fn port(asked: Option<&Spanned<PortRef>>, ports: Option<&Named<ServicePort>>) -> Option<Spanned<PortRef>> {
    let Some(asked) = asked else {
        let (name, _) = ports?.iter().next()?;
        return Some(name.with(PortRef::Name(name.value.clone())));
    };
    let PortRef::Name(name) = &asked.value else { return Some(asked.clone()) };
    let named = ports.and_then(|ports| ports.find(name).map(|(name, it)| port_name(ports, name, it)));
    Some(asked.with(PortRef::Name(named.map_or_else(|| name.clone(), |it| it.value.clone()))))
}

/// The same as a number, for whom names mean nothing.
fn number(asked: Option<&Spanned<PortRef>>, ports: Option<&Named<ServicePort>>) -> Option<Spanned<Port>> {
    let Some(asked) = asked else {
        return ports?.values().next().map(|it| *it.target());
    };
    match &asked.value {
        PortRef::Number(number) => Some(asked.with(Port(*number))),
        PortRef::Name(name) => ports?.get(name).map(|it| asked.with(it.target().value)),
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn readiness(probe: &str) -> String {
        let ports = "ports: { http: { number: 80, target: 8080 }, alt: { number: 81, target: 8080 }, rpc: { number: 90 } }";
        let version = format!("{{ probes: {{ startup: null, liveness: null, readiness: {probe} }} }}");
        let profile = format!("services: {{ a: {{ {ports}, versions: {{ v1: {version} }} }} }}");
        let text = object(&profile, "Deployment", "a-v1");
        let (_, rest) = text.split_once("readinessProbe:\n").unwrap_or_default();
        rest.lines()
            .take_while(|it| it.starts_with("          "))
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_probe_asks_the_first_port_by_default() {
        assert_eq!(
            readiness("{ tcpSocket: {}, periodSeconds: 5 }"),
            "tcpSocket: port: http periodSeconds: 5"
        );
    }

    #[test]
    fn the_name_of_a_port_becomes_that_of_the_containers_port() {
        assert_eq!(
            readiness("{ httpGet: { path: /, port: alt }, periodSeconds: 5 }"),
            "httpGet: path: / port: http scheme: HTTP periodSeconds: 5"
        );
    }

    #[test]
    fn a_grpc_probe_knows_numbers_only() {
        assert_eq!(
            readiness("{ grpc: { port: alt }, periodSeconds: 5 }"),
            "grpc: port: 8080 periodSeconds: 5"
        );
        assert_eq!(
            readiness("{ grpc: { port: 7000 }, periodSeconds: 5 }"),
            "grpc: port: 7000 periodSeconds: 5"
        );
    }
}
