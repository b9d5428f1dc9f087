//! An Ingress leads to a Service that is there, by a port that it has.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::names::Named;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5328",
    name: "unknown-ingress-backend",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Whoever serves the Ingress answers 503 to what goes there, or leaves out the whole Ingress.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: istio
  defaultBackend: { service: { name: website, port: { number: 80 } } } #~
  rules:
  - http:
      paths:
      - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } } } #~
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: istio
  defaultBackend: { service: { name: web, port: { name: http } } }
  rules:
  - http:
      paths:
      - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
",
    run: Run::Each(&[Sort::Ingress], run),
};

fn run(ingress: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    for path in ["spec.defaultBackend.service", "spec.rules[].http.paths[].backend.service"] {
        ingress.node.each_at(path, &mut |it| judge(ingress, it, cluster, findings));
    }
}

fn judge(ingress: &Object, backend: &Node, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(name) = backend.get("name").and_then(Node::as_text) else { return };
    let service = match cluster.look_up(Sort::Service, ingress.namespace(), &name) {
        Named::There(service) => service,
        Named::Elsewhere | Named::Unknown => return,
        Named::Missing => {
            let message =
                format!("`{}` leads to Service `{name}`, which is not in these files", ingress.name);
            let there = cluster.names_beside(Sort::Service, ingress.namespace(), &name);
            return findings.push(findings.at(name.span, message).suggest(&name, there));
        }
    };
    let Some(entry) = backend.get("port").and_then(|it| it.entries().first()) else { return };
    let key = if entry.key.as_str() == "name" { "name" } else { "port" };
    let Some(said) = entry.value.as_text() else { return };
    let ports = service.spec().list("ports");
    if !ports.iter().any(|it| it.word(key).is_some_and(|it| *it == said.value)) {
        let finding = findings.at(said.span, format!("`{name}` has no port `{said}`"));
        let known = ports.iter().filter_map(|it| it.word(key)).map(Str::as_str);
        findings.push(finding.related(service.span(), "this one").suggest(&said, known));
    }
}
