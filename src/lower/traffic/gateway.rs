//! The way in becomes a Gateway: one server for HTTP, one for HTTPS, both for all hosts.

use ecow::eco_format;

use crate::kube::pairs::Pairs;
use crate::kube::traffic::gateway::{GatewaySpec, Server, ServerPort, ServerTls};
use crate::kube::wave;
use crate::kube::{Gateway, Manifest};
use crate::lower::Context;
use crate::lower::traffic::exposure::gateway_name;
use crate::profile::outside::{Gateway as WayIn, GatewayTls, GatewayTlsMode, TlsVersion};
use crate::source::Text;

/// The Gateway lives in the profile's namespace, beside the routes that it is for; the pods that it selects live
/// where the mesh has them. A way in without a host is none: Istio refuses a server for nothing.
pub fn gateway(cx: &Context<'_>, way_in: &WayIn) -> Option<Manifest> {
    let WayIn { name: _, hosts, http, https, tls } = way_in;
    let server = |port, tls| Server { port, hosts: server_hosts(cx, way_in), tls };
    let redirect = tls.as_ref().and_then(redirected);
    let http = http.map(|number| server(ServerPort { number, name: "http", protocol: "HTTP" }, redirect));
    let ended = tls.as_ref().map(ended);
    let https = https.map(|number| server(ServerPort { number, name: "https", protocol: "HTTPS" }, ended));
    let selector = cx.profile.mesh.gateway.selector.iter();
    let object = Gateway {
        metadata: cx.metadata(gateway_name(cx.profile, way_in).clone(), &cx.profile.namespace, cx.common()),
        spec: GatewaySpec {
            selector: Pairs(selector.map(|(key, value)| (key.clone(), value.clone())).collect()),
            servers: http.into_iter().chain(https).collect(),
        },
    };
    (!hosts.is_empty()).then(|| cx.networking(wave::ROUTES, object))
}

/// With the namespace of the service that answers, so that no other team's VirtualService can take the host.
fn server_hosts(cx: &Context<'_>, way_in: &WayIn) -> Vec<Text> {
    let owned = way_in.hosts.iter().map(|(host, to)| {
        let namespace = cx.profile.service(&to.service).map_or(&cx.profile.namespace, |it| it.namespace());
        host.with(eco_format!("{namespace}/{host}"))
    });
    owned.collect()
}

fn redirected(tls: &GatewayTls) -> Option<ServerTls> {
    let https_redirect = tls.https_redirect.filter(|it| it.value);
    https_redirect.map(|it| ServerTls { https_redirect: Some(it), ..ServerTls::default() })
}

/// The mode is always written: an omitted one means PASSTHROUGH.
fn ended(tls: &GatewayTls) -> ServerTls {
    let GatewayTls { credential_name, mode, min_protocol_version, https_redirect: _ } = tls;
    let word = |it| match it {
        GatewayTlsMode::Simple => "SIMPLE",
        GatewayTlsMode::Mutual => "MUTUAL",
    };
    let version = |it| match it {
        TlsVersion::V1_2 => "TLSV1_2",
        TlsVersion::V1_3 => "TLSV1_3",
    };
    let written = credential_name;
    ServerTls {
        https_redirect: None,
        mode: Some(mode.map_or_else(|| written.with("SIMPLE"), |it| it.with(word(it.value)))),
        credential_name: Some(written.clone()),
        min_protocol_version: Some(
            min_protocol_version.map_or_else(|| written.with("TLSV1_2"), |it| it.with(version(it.value))),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    const WEB: &str =
        "services: { web: { versions: { v1: {} } }, api: { namespace: other, versions: { v1: {} } } }";

    #[test]
    fn only_the_namespace_of_the_service_may_speak_for_a_host() {
        let way_in = "gateway: { http: 80, hosts: { www.example.com: web, api.example.com: api } }";
        let text = object(&format!("{WEB}\n{way_in}"), "Gateway", "demo");
        let wanted = "spec:
  selector:
    istio: ingressgateway
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - demo/www.example.com
    - other/api.example.com
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn plain_http_can_be_redirected_to_https() {
        let way_in = "gateway: { name: front, http: 80, https: 443, hosts: { www.example.com: web }, \
                      tls: { credentialName: cert, httpsRedirect: true, mode: mutual, minProtocolVersion: 1.3 } }";
        let text = object(&format!("{WEB}\n{way_in}"), "Gateway", "front");
        assert!(
            text.contains("    tls:\n      httpsRedirect: true\n  - port:\n      number: 443\n"),
            "{text}"
        );
        let tls =
            "    tls:\n      mode: MUTUAL\n      credentialName: cert\n      minProtocolVersion: TLSV1_3\n";
        assert!(text.ends_with(tls), "{text}");
    }

    #[test]
    fn what_is_not_said_of_tls_is_simple_and_1_2() {
        let way_in =
            "gateway: { https: 443, hosts: { www.example.com: web }, tls: { credentialName: cert } }";
        let text = object(&format!("{WEB}\n{way_in}"), "Gateway", "demo");
        let tls =
            "    tls:\n      mode: SIMPLE\n      credentialName: cert\n      minProtocolVersion: TLSV1_2\n";
        assert!(text.ends_with(tls), "{text}");
    }
}
