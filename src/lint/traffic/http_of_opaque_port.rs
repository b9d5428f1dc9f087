//! HTTP routes are for ports that speak HTTP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_mesh;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::destination::ports;
use crate::mesh::protocol::Protocol;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3532",
    name: "http-routes-of-opaque-port",
    severity: Severity::Warning,
    equivalents: &["MG-07"],
    why: "On a port that is declared as TCP or TLS, sidecars do not look into the connection: the routes are never asked.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews] #~
  http:
  - redirect: { uri: /new }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: tcp-reviews, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http-reviews, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService).filter(|it| is_for_mesh(it)) {
        if object.spec().list("http").is_empty() {
            continue;
        }
        for host in object.spec().list("hosts") {
            let target = host.text().and_then(|it| cluster.destination(it, object.namespace(), &[]));
            let Some(target) = target else { continue };
            let ports: Vec<_> = ports(target).collect();
            if ports.is_empty() || !ports.iter().all(|it| is_opaque(target, it.node)) {
                continue;
            }
            let message =
                format!("no port of `{}` speaks HTTP, so these HTTP routes are never asked", target.name);
            let finding = findings.on(object, host.span, message).related(target.span(), "its ports");
            findings.push(finding.help("name the port `http-…`, or route by `tcp` or `tls`"));
        }
    }
}

/// Whether a port is declared to speak something that sidecars do not look into.
fn is_opaque(target: &Object, port: &Node) -> bool {
    let protocol = if target.is(Sort::Service) {
        Protocol::of_service_port(port)
    } else {
        Protocol::of_word(port.word("protocol").map_or("", Str::as_str))
    };
    protocol != Protocol::Unknown && !protocol.is_http()
}
