//! A gateway is named as `namespace/name`, no longer as `name.namespace`.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::gateways::judged;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3008",
    name: "dotted-gateway-name",
    severity: Severity::Warning,
    equivalents: &["VAL-VS-06W", "IST0133", "KIA1108"],
    why: "The old form is read for compatibility only; Istio warns of it at every change.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [public.shop] #~
  http:
  - route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [shop/public]
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    // Istio does not warn of those in matches of HTTP and TCP.
    let of_tls =
        object.spec().list("tls").iter().flat_map(|it| it.list("match")).map(|it| it.list("gateways"));
    let lists = [object.spec().list("gateways")].into_iter().chain(of_tls);
    for (node, verdict) in lists.flat_map(judged) {
        let Some(text) = node.text().filter(|it| !it.contains('/')) else { continue };
        let mut labels = text.split('.');
        if let (Some(name), Some(namespace)) = (labels.next(), labels.next()) {
            let meant = format!("{namespace}/{name}");
            let message = format!("`{text}` is the old form of a gateway's name");
            let mut finding = findings.at(node.span, message).help(format!("write `{meant}`"));
            finding.fix = verdict.is_ok().then_some(meant);
            findings.push(finding);
        }
    }
}
