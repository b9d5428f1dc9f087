//! Whoever names a port names one that is there, and of the kind that is needed.

use crate::check::walk::{AuthzRef, Owner, authz, routes, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::workload::Probe;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Spanned};
use crate::units::PortRef;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2132",
    name: "unknown-port",
    severity: Severity::Error,
    equivalents: &["IST0101", "IST0112", "MG-04", "MG-19", "MG-22"],
    why: "A rule for a port that is not there never applies, neither a gateway nor a mirror can send requests to it, and a \
          probe of it never succeeds.",
    bad: "
services:
  hello:
    mtls: { ports: { htp: permissive } } #~
    versions: { v1: { probes: { readiness: { httpGet: { path: /, port: admin } } } } } #~
  db:
    ports: { http: null, pg: { number: 5432, protocol: tcp } }
    versions: { v1: {} }
  copied:
    versions: { v1: {} }
    routes: { default: { split: { v1: 100 }, mirror: { service: db } } } #~
clients: { test: {} }
gateway:
  http: 80
  hosts:
    a.example.com: { service: hello, port: 8081 } #~
    b.example.com: db #~
authz:
  allow:
    reads: { to: hello, ports: [http, 81] } #~
expect:
  a: { from: test, to: hello, port: 81, get: /, status: 200 } #~
",
    good: "
services:
  hello:
    mtls: { ports: { http: permissive } }
    versions: { v1: { probes: { readiness: { httpGet: { path: /, port: 9090 } } } } }
clients: { test: {} }
gateway:
  http: 80
  hosts: { a.example.com: { service: hello, port: 80 } }
authz:
  allow:
    reads: { to: hello, ports: [http] }
    more: { to: hello, ports: 80 }
expect:
  a: { from: test, to: hello, port: http, get: /, status: 200 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for service in profile.service_refs() {
        for (name, _) in service.service.mtls.iter().flat_map(|it| it.ports.iter()) {
            if service.service.ports.get(name).is_none() {
                let finding = findings.at(name.span, format!("`{}` has no port `{name}`", service.id));
                findings.push(finding.suggest(name, service.service.ports.names()));
            }
        }
    }
    probes(profile, findings);
    exposed(profile, findings);
    mirrored(profile, findings);
    for it in authz(profile).filter(|it| !it.rule.ports.is_empty()) {
        ruled(profile, it, findings);
    }
    for expectation in profile.expect.values() {
        let service = profile.service(&expectation.to);
        let Some((service, port)) = service.zip(expectation.port.as_ref()) else { continue };
        if !has(service, port) {
            unknown(service, port, findings);
        }
    }
}

fn has(service: ServiceRef<'_>, port: &PortRef) -> bool {
    match port {
        PortRef::Name(name) => service.service.ports.get(name).is_some(),
        PortRef::Number(number) => service.service.ports.values().any(|it| it.number.value.0 == *number),
    }
}

fn unknown(service: ServiceRef<'_>, port: &Spanned<PortRef>, findings: &mut Findings<'_>) {
    let shown = shown(port);
    let finding = findings.at(port.span, format!("`{}` has no port `{shown}`", service.id));
    let target = |number: u16| service.service.ports.iter().find(|(_, it)| it.target().value.0 == number);
    if let PortRef::Number(number) = port.value
        && let Some((name, it)) = target(number)
    {
        let help = format!("{number} is where the container listens; callers use `{name}`, {}", it.number);
        return findings.push(finding.help(help));
    }
    findings.push(finding.suggest(&shown, service.service.ports.names()));
}

fn shown(port: &PortRef) -> String {
    match port {
        PortRef::Name(name) => name.to_string(),
        PortRef::Number(number) => number.to_string(),
    }
}

/// A probe may ask any number, but only ports of the service have names.
fn probes(profile: &Profile, findings: &mut Findings<'_>) {
    let mut last = Span::NONE;
    for it in workloads(profile) {
        let probes = &it.version.probes;
        let all = [&probes.readiness, &probes.liveness, &probes.startup].into_iter().flatten();
        for port in all.filter_map(port_of).filter(|it| matches!(it.value, PortRef::Name(_))) {
            match it.owner {
                Owner::Service(service) if has(service, port) => {}
                // A default stands under many versions, one after the other.
                _ if port.span == last => {}
                Owner::Service(service) => unknown(service, port, findings),
                Owner::Client => {
                    let message = format!("{it} has no port `{}`, as clients have none", shown(port));
                    findings.push(findings.at(port.span, message).help("write its number"));
                }
            }
            last = port.span;
        }
    }
}

fn port_of(probe: &Probe) -> Option<&Spanned<PortRef>> {
    let http = probe.http_get.as_ref().and_then(|it| it.port.as_ref());
    let tcp = probe.tcp_socket.as_ref().and_then(|it| it.port.as_ref());
    http.or(tcp).or_else(|| probe.grpc.as_ref().and_then(|it| it.port.as_ref()))
}

/// The gateway reads requests, so it wants a port of HTTP.
fn exposed(profile: &Profile, findings: &mut Findings<'_>) {
    for (host, to) in profile.gateway.iter().flat_map(|it| it.hosts.iter()) {
        let Some(service) = profile.service(&to.service) else { continue };
        let http = |port: Option<&PortRef>| {
            service.service.ports.iter().any(|(name, it)| {
                let asked = match port {
                    None => true,
                    Some(PortRef::Name(asked)) => name.value == *asked,
                    Some(PortRef::Number(asked)) => it.number.value.0 == *asked,
                };
                asked && it.protocol.is_http()
            })
        };
        match &to.port {
            Some(port) if !has(service, port) => unknown(service, port, findings),
            port if !http(port.as_ref().map(|it| &it.value)) && !service.service.ports.is_empty() => {
                let span = port.as_ref().map_or(to.service.span, |it| it.span);
                let what = port
                    .as_ref()
                    .map_or("no port".to_owned(), |it| format!("`{}`, which is no port", shown(it)));
                let message = format!("`{host}` is answered by `{}`, with {what} of HTTP", service.id);
                findings.push(findings.at(span, message).help("say `protocol: http` of the port if it is"));
            }
            _ => {}
        }
    }
}

/// Copies are of requests, so whoever gets them wants a port of HTTP.
fn mirrored(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(name) = it.route.mirror.as_ref().and_then(|it| it.service.as_ref()) else { continue };
        let Some(service) = profile.service(name) else { continue };
        let ports = &service.service.ports;
        if !ports.is_empty() && !ports.values().any(|it| it.protocol.is_http()) {
            let finding =
                findings.at(name.span, format!("`{name}` gets copies of requests, with no port of HTTP"));
            findings.push(finding.help("say `protocol: http` of the port if it is"));
        }
    }
}

fn ruled(profile: &Profile, it: AuthzRef<'_>, findings: &mut Findings<'_>) {
    for port in it.rule.ports.iter() {
        let mut services = it.services(profile);
        let Some(first) = services.next() else { return };
        if has(first, port) || services.any(|it| has(it, port)) {
            continue;
        }
        if it.rule.to.len() == 1 {
            unknown(first, port, findings);
        } else {
            let message = format!("no service of {it} has a port `{}`", shown(port));
            findings.push(findings.at(port.span, message));
        }
    }
}
