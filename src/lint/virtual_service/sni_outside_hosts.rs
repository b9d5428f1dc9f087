//! A TLS route is for names among the hosts of its VirtualService.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::is_for_gateways;
use crate::lint::words::{address, host};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::covers;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3049",
    name: "sni-outside-hosts",
    severity: Severity::Error,
    equivalents: &["VAL-VS-24", "IST0106"],
    why: "The names that clients ask for must be names of the mesh that the VirtualService speaks for; Istio refuses others.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [a.example.com]
  tls:
  - match: [{ sniHosts: [b.example.com] }] #~
    route: [{ destination: { host: reviews } }]
",
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: ["*.example.com"]
  tls:
  - match: [{ sniHosts: [b.example.com] }]
    route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let hosts = object.spec().list("hosts");
    let for_gateways = is_for_gateways(object) || object.spec().list("gateways").is_empty();
    for name in
        object.spec().list("tls").iter().flat_map(|it| it.list("match")).flat_map(|it| it.list("sniHosts"))
    {
        let Some(text) = name.text() else { continue };
        let verdict = if for_gateways { host::sni_host(text) } else { host::wildcard_host(text) };
        let (message, help) = match verdict {
            Err(_) if address::ip(text).is_ok() => continue,
            Err(reason) => (format!("`{text}` is no name of a host: {reason}"), "write a name of DNS"),
            Ok(()) if hosts.iter().filter_map(Node::text).any(|it| covers(it, text)) => continue,
            Ok(()) => (format!("`{text}` is none of the `hosts`"), "add it to `hosts`, or take it away here"),
        };
        findings.push(findings.at(name.span, message).help(help));
    }
}
