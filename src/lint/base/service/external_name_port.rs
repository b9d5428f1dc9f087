//! The ports of a Service that stands for a name elsewhere say what is spoken there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::service::{is_external_name, is_made_by_istio};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Protocol};

pub static RULE: Rule = Rule {
    code: "MG5003",
    name: "external-name-port",
    severity: Severity::Warning,
    equivalents: &["IST0150"],
    why: "Without an address to tell it from others, a port of bytes, or one of no known protocol, of an ExternalName \
          Service takes in all that leaves pods on this port number, whoever it is for.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec:
  type: ExternalName
  externalName: bank.example.com
  ports:
  - { name: tcp, port: 443 } #~
  - { name: api, port: 8443 } #~
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec:
  type: ExternalName
  externalName: bank.example.com
  ports:
  - { name: tls, port: 443 }
  - { name: https-api, port: 8443 }
",
    run: Run::Each(&[Sort::Service], run),
};

fn run(service: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_made_by_istio(service) || !is_external_name(service) {
        return;
    }
    for port in service.spec().list("ports") {
        let name = port.get("name");
        let is_tcp = name.and_then(|it| it.text()).is_some_and(|it| it == "tcp");
        if is_tcp || Protocol::of_service_port(port) == Protocol::Unknown {
            let at = name.unwrap_or(port).span;
            let message = format!(
                "a port of `{}`, which stands for a name elsewhere, has to say its protocol",
                service.name
            );
            findings.push(
                findings.at(at, message).help("name it after what is spoken there, as `https` or `tls`"),
            );
        }
    }
}
