//! A match by gateways does not look at who calls.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3062",
    name: "unasked-source",
    severity: Severity::Warning,
    equivalents: &["MG-12"],
    why: "Where an HTTP match names gateways, Istio asks for those alone: labels and namespace of the caller beside them are left out without a word.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ gateways: [mesh], sourceLabels: { app: web } }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ sourceLabels: { app: web } }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for part in http(object).flat_map(|it| it.list("match")) {
        let Some(gateways) = part.entry("gateways").filter(|it| !it.value.items().is_empty()) else {
            continue;
        };
        let labels = part.entry("sourceLabels").filter(|it| !it.value.entries().is_empty());
        let namespace =
            part.entry("sourceNamespace").filter(|it| it.value.text().is_some_and(|it| !it.is_empty()));
        for entry in labels.into_iter().chain(namespace) {
            let message = format!("beside `gateways`, `{}` is not asked for", entry.key);
            let finding = findings.at(entry.key.span, message).related(gateways.key.span, "only this counts");
            findings.push(finding.help("make it two matches, or take one of them away"));
        }
    }
}
