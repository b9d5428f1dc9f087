//! The name of a Service's port begins with its protocol, or `appProtocol` says it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::service::{is_external_name, is_made_by_istio};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Protocol};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5001",
    name: "undeclared-protocol",
    severity: Severity::Info,
    equivalents: &["IST0118", "KIA0601"],
    why: "Where nobody says what a port speaks, proxies look at the first bytes of each connection: servers that speak \
          first hang, and rules about requests do not hold for what is not recognised as HTTP.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: web, port: 80 } #~
  - { port: 81 } #~
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: http-web, port: 80 }
  - { name: admin, port: 81, appProtocol: http }
  - { name: dns, port: 53, protocol: UDP }
  - { name: database, port: 3306 }
",
    run: Run::Each(&[Sort::Service], run),
};

fn run(service: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_made_by_istio(service) || is_external_name(service) {
        return;
    }
    for port in service.spec().list("ports") {
        if port.has("appProtocol") || Protocol::of_service_port(port) != Protocol::Unknown {
            continue;
        }
        let finding = match port.get("name").and_then(Node::as_text) {
            Some(name) => {
                let message =
                    format!("the name `{name}` of a port of `{}` does not say its protocol", service.name);
                findings
                    .at(name.span, message)
                    .help(format!("name it `http-{name}` or `tcp-{name}`, or set `appProtocol`"))
            }
            None => findings
                .at(port.span, format!("a port of `{}` does not say its protocol", service.name))
                .help("name it after its protocol, as `http` or `tcp-admin`, or set `appProtocol`"),
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_silent;

    #[test]
    fn the_services_of_istio_itself_are_left_alone() {
        for label in
            ["istio: pilot", "release: istio", "gateway.istio.io/managed: istio.io-gateway-controller"]
        {
            assert_silent(
                &RULE,
                &format!(
                    "{{ apiVersion: v1, kind: Service, metadata: {{ name: a, labels: {{ {label} }} }}, spec: {{ ports: [{{ port: 1 }}] }} }}"
                ),
            );
        }
    }
}
