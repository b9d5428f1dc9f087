//! A service becomes a VirtualService: its routes for the sidecars, and for the gateway where it is exposed.

use std::collections::BTreeSet;

use ecow::eco_format;

use crate::kube::traffic::http_route::HttpRoute;
use crate::kube::traffic::virtual_service::{TcpMatch, TcpRoute, TlsMatch, TlsRoute, VirtualServiceSpec};
use crate::kube::wave;
use crate::kube::{Manifest, VirtualService, made};
use crate::lower::Context;
use crate::lower::traffic::exposure::{Exposed, Exposure};
use crate::lower::traffic::host_overlap::{leave, without_covered};
use crate::lower::traffic::http_route::{default_route, http_route};
use crate::lower::traffic::target::{Target, http_ports};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::service::{Protocol, ServicePort};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// One VirtualService serves sidecars and gateway from one list of routes, wherever both can mean the same by it.
/// A service of several HTTP ports has routes for each, told apart by the port that the caller asked for; a gateway
/// would compare that with its own port. So there the gateway has a VirtualService of its own, and so it has for hosts
/// with a `*`: bound to the sidecars these would catch calls of other services and of the world outside.
pub fn virtual_services(
    cx: &Context<'_>,
    service: ServiceRef<'_>,
    exposure: &Exposure<'_>,
    out: &mut Vec<Manifest>,
) {
    let several = http_ports(service).nth(1).is_some();
    let (shared, apart): (Vec<_>, Vec<_>) =
        exposure.hosts(service).iter().partition(|it| !several && !it.host.starts_with('*'));
    out.extend(of_sidecars(cx, service, &shared, exposure.gateway.as_ref()));
    for port in service.service.ports.iter() {
        let here: Vec<&Exposed<'_>> = apart.iter().copied().filter(|it| it.port.0 == port.0).collect();
        out.extend(of_gateway(cx, service, port, &here, exposure));
    }
}

/// What sidecars follow, and the gateway for the hosts of `shared`.
fn of_sidecars(
    cx: &Context<'_>,
    service: ServiceRef<'_>,
    shared: &[&Exposed<'_>],
    gateway: Option<&Text>,
) -> Option<Manifest> {
    let hosts = std::iter::once(cx.host(service)).chain(shared.iter().map(|it| it.host.clone()));
    let gateways = gateway.filter(|_| !shared.is_empty()).map(|it| vec![made("mesh"), it.clone()]);
    let mut spec = VirtualServiceSpec {
        hosts: hosts.collect(),
        gateways: gateways.unwrap_or_default(),
        export_to: service.service.export_to.iter().cloned().collect(),
        http: Vec::new(),
        tls: Vec::new(),
        tcp: Vec::new(),
    };
    let several = http_ports(service).nth(1).is_some();
    for (name, port) in service.service.ports.iter() {
        let to = Target::new(cx, service, (name, port));
        match port.protocol.value {
            Protocol::Http | Protocol::Http2 | Protocol::Grpc => {
                routes(&to, several.then_some(port.number), &mut spec.http);
            }
            Protocol::Tcp => spec.tcp.push(tcp_route(&to, port)),
            Protocol::Tls => spec.tls.push(tls_route(&to, port)),
        }
    }
    let some = !(spec.http.is_empty() && spec.tls.is_empty() && spec.tcp.is_empty());
    some.then(|| manifest(cx, service, service.name().clone(), spec))
}

/// What the gateway follows for hosts of one port that no sidecar shall see.
fn of_gateway(
    cx: &Context<'_>,
    service: ServiceRef<'_>,
    port: (&Text, &ServicePort),
    exposed: &[&Exposed<'_>],
    exposure: &Exposure<'_>,
) -> Option<Manifest> {
    let gateway = exposure.gateway.as_ref().filter(|_| !exposed.is_empty())?;
    let name = service.name();
    let several = http_ports(service).nth(1).is_some();
    // No service has a dot in its name, so no service's own VirtualService has this one. Argo Rollouts would take what
    // follows the dot for a namespace; that no service has the name with a dash asks `name-of-the-engine`.
    let dot = if service.engine() == Some(Engine::ArgoRollouts) { '-' } else { '.' };
    let apart = if several {
        eco_format!("{name}{dot}gateway{dot}{}", port.0)
    } else {
        eco_format!("{name}{dot}gateway")
    };
    let mut http = Vec::new();
    routes(&Target::new(cx, service, port), None, &mut http);
    let others: BTreeSet<&Text> = exposed.iter().flat_map(|it| exposure.answered_by_others(it)).collect();
    leave(&others, &mut http);
    let hosts: Vec<&Text> = exposed.iter().map(|it| it.host).collect();
    let spec = VirtualServiceSpec {
        hosts: without_covered(&hosts),
        gateways: vec![gateway.clone()],
        export_to: service.service.export_to.iter().cloned().collect(),
        http,
        tls: Vec::new(),
        tcp: Vec::new(),
    };
    Some(manifest(cx, service, name.with(apart), spec))
}

fn routes(to: &Target<'_>, match_port: Option<Spanned<Port>>, out: &mut Vec<HttpRoute>) {
    let routes = &to.service.service.routes;
    out.extend(routes.iter().map(|(name, route)| http_route(name, route, to, match_port)));
    if routes.is_empty() {
        out.push(default_route(to, match_port));
    }
}

/// Written even for a lone version, as the HTTP routes are: a second version gets nothing until a weight says so.
fn tcp_route(to: &Target<'_>, port: &ServicePort) -> TcpRoute {
    TcpRoute { r#match: vec![TcpMatch { port: port.number }], route: to.connections() }
}

/// For the name that this host has in the mesh; callers that ask for another name reach every version.
fn tls_route(to: &Target<'_>, port: &ServicePort) -> TlsRoute {
    let sni_hosts = vec![to.destination(None).host];
    TlsRoute { r#match: vec![TlsMatch { port: port.number, sni_hosts }], route: to.connections() }
}

fn manifest(cx: &Context<'_>, service: ServiceRef<'_>, name: Text, spec: VirtualServiceSpec) -> Manifest {
    let metadata = cx.metadata(name, service.namespace(), cx.labels(service.name()));
    cx.networking(wave::ROUTES, VirtualService { metadata, spec })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const TWO_PORTS: &str = "
services:
  a:
    ports: { http: null, web: { number: 80 }, admin: { number: 81 }, db: { number: 82, protocol: tcp } }
    versions: { v1: {}, v2: {} }
    routes: { r: { split: { v1: 90, v2: 10 } } }
";

    /// Lines of a document that begin so, without what they begin with.
    fn lines<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
        text.lines().filter_map(|it| it.trim().strip_prefix(start)).collect()
    }

    #[test]
    fn a_lone_version_gets_a_route_too() {
        let text = object("services: { a: { versions: { v1: {} } } }", "VirtualService", "a");
        let wanted = "spec:
  hosts:
  - a.demo.svc.cluster.local
  http:
  - name: default
    route:
    - destination:
        host: a.demo.svc.cluster.local
        subset: v1
        port:
          number: 80
      weight: 100
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn each_of_several_http_ports_has_its_routes() {
        let text = object(TWO_PORTS, "VirtualService", "a");
        assert_eq!(lines(&text, "- name: "), ["r-web", "r-admin"]);
        assert_eq!(lines(&text, "- port: "), ["80", "81", "82"]);
        assert_eq!(lines(&text, "number: "), ["80", "80", "81", "81", "82", "82"]);
    }

    #[test]
    fn connections_have_the_shares_of_the_route_without_condition() {
        let text = object(TWO_PORTS, "VirtualService", "a");
        let (_, tcp) = text.split_once("  tcp:\n").unwrap();
        assert_eq!(lines(tcp, "weight: "), ["90", "10"]);
        let (port, protocol) = ("{ number: 443, protocol: tls }", "a.demo.svc.cluster.local");
        let tls =
            format!("services: {{ a: {{ ports: {{ http: null, t: {port} }}, versions: {{ v1: {{}} }} }} }}");
        let text = object(&tls, "VirtualService", "a");
        assert!(
            text.contains(&format!(
                "  tls:\n  - match:\n    - port: 443\n      sniHosts:\n      - {protocol}\n"
            )),
            "{text}"
        );
    }

    #[test]
    fn sidecars_and_gateway_share_one_list_of_routes() {
        let text =
            "services: { a: { versions: { v1: {} } } }\ngateway: { http: 80, hosts: { a.example.com: a } }";
        assert_eq!(names(text, "VirtualService"), ["demo/a"]);
        let text = object(text, "VirtualService", "a");
        let wanted = "  hosts:\n  - a.demo.svc.cluster.local\n  - a.example.com\n  gateways:\n  - mesh\n  - demo/demo\n  http:\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn hosts_with_a_star_are_for_the_gateway_alone() {
        let text = "services: { a: { versions: { v1: {} } } }\n\
                    gateway: { http: 80, hosts: { a.example.com: a, '*.example.com': a, '*.b.example.com': a } }";
        assert_eq!(names(text, "VirtualService"), ["demo/a", "demo/a.gateway"]);
        let text = object(text, "VirtualService", "a.gateway");
        assert!(
            text.contains("  hosts:\n  - \"*.example.com\"\n  gateways:\n  - demo/demo\n  http:\n"),
            "{text}"
        );
    }

    #[test]
    fn a_host_of_the_gateway_can_name_one_of_several_ports() {
        let hosts = "{ a.example.com: a, b.example.com: { service: a, port: admin }, c.example.com: { service: a, port: 81 } }";
        let text = format!("{TWO_PORTS}gateway: {{ http: 80, hosts: {hosts} }}");
        assert_eq!(names(&text, "VirtualService"), ["demo/a", "demo/a.gateway.admin", "demo/a.gateway.web"]);
        assert!(!object(&text, "VirtualService", "a").contains("gateways"));
        let text = object(&text, "VirtualService", "a.gateway.admin");
        assert!(text.contains("  hosts:\n  - b.example.com\n  - c.example.com\n"), "{text}");
        assert_eq!((lines(&text, "- name: "), lines(&text, "number: ")), (vec!["r"], vec!["81", "81"]));
    }

    #[test]
    fn the_gateways_own_routes_and_a_service_of_a_like_name_are_two_objects() {
        let text = "services: { a: { versions: { v1: {} } }, a-gateway: { versions: { v1: {} } } }\n\
                    gateway: { http: 80, hosts: { '*.example.com': a } }";
        assert_eq!(names(text, "VirtualService"), ["demo/a", "demo/a-gateway", "demo/a.gateway"]);
    }
}
