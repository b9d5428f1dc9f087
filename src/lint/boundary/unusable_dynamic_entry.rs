//! An entry that resolves whatever name a caller says has wildcards for hosts, and no addresses of its own.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG3343",
    name: "unusable-dynamic-entry",
    severity: Severity::Error,
    equivalents: &["VAL-SE-03", "IST0106"],
    why: "Istio refuses `resolution: DYNAMIC_DNS` with full names, addresses, endpoints, or protocols whose callers say no name.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DYNAMIC_DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [\"*.example.com\"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DYNAMIC_DNS }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    if spec.word("resolution").is_none_or(|it| it != "DYNAMIC_DNS") {
        return;
    }
    let mut tell = |span: Span, message: String, help: &str| {
        findings.push(findings.at(span, message).help(help));
    };
    for host in spec.list("hosts").iter().filter(|it| it.text().is_some_and(|it| !it.starts_with('*'))) {
        let message = format!("`DYNAMIC_DNS` takes wildcards only, not {}", host.describe());
        tell(host.span, message, "write `*.example.com`, or `resolution: DNS`");
    }
    for key in ["addresses", "endpoints"].into_iter().filter(|it| !spec.list(it).is_empty()) {
        let message = format!("`DYNAMIC_DNS` takes no `{key}`");
        tell(spec.spot(key), message, "take them away: the address is that of the name that callers say");
    }
    for port in spec.list("ports").iter().filter(|it| !it.is_null()) {
        let protocol = port.word("protocol").map_or("", |it| it.as_str());
        if !["HTTP", "TLS", "GRPC", "HTTP2"].iter().any(|it| it.eq_ignore_ascii_case(protocol)) {
            let message = "`DYNAMIC_DNS` takes ports of HTTP, HTTP2, GRPC and TLS only".to_owned();
            tell(port.spot("protocol"), message, "make the protocol one of them");
        }
    }
    let waypoint = object.label("istio.io/use-waypoint");
    let is_internal = spec.word("location").is_some_and(|it| it == "MESH_INTERNAL");
    if is_internal && waypoint.is_some_and(|it| !it.is_empty() && !it.eq_ignore_ascii_case("none")) {
        let message = "`DYNAMIC_DNS` inside of the mesh takes no waypoint".to_owned();
        tell(
            spec.spot("location"),
            message,
            "write `location: MESH_EXTERNAL`, or take the label `istio.io/use-waypoint` away",
        );
    }
}
