//! `appProtocol` of a Service's port is a word that Istio knows.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::service::{is_external_name, is_made_by_istio};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::protocol::PROTOCOLS;
use crate::mesh::{Cluster, Object, Protocol};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5002",
    name: "unknown-app-protocol",
    severity: Severity::Warning,
    equivalents: &["IST0118", "KIA0602"],
    why: "Istio reads `appProtocol` before the name of the port; a word that it does not know leaves the protocol to be \
          guessed from the first bytes of each connection, whatever the name says.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: http, port: 80, appProtocol: htpp } #~
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: web, port: 80, appProtocol: http }
  - { name: live, port: 81, appProtocol: kubernetes.io/ws }
",
    run: Run::Each(&[Sort::Service], run),
};

fn run(service: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_made_by_istio(service) || is_external_name(service) {
        return;
    }
    for port in service.spec().list("ports") {
        let Some(said) = port.get("appProtocol").and_then(Node::as_text) else { continue };
        if Protocol::of_service_port(port) != Protocol::Unknown {
            continue;
        }
        let message = format!("Istio knows no protocol `{said}`");
        let mut finding = findings.at(said.span, message).suggest(&said, PROTOCOLS.iter().map(|it| it.0));
        // Words with a domain are for others than Istio.
        if said.contains('/') {
            finding.severity = Severity::Info;
        }
        findings.push(finding);
    }
}
