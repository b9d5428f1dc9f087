//! The Service that an injector is asked through exists.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::webhook::injectors;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::names::Named;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5206",
    name: "injector-without-service",
    severity: Severity::Error,
    equivalents: &["IST0139"],
    why: "The API server cannot ask it: by its `failurePolicy`, no pod is made any more, or pods go without a proxy.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { ports: [{ name: https-webhook, port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: injector.istio.io
  clientConfig:
    service:
      name: istiod-old #~
      namespace: istio-system
  admissionReviewVersions: [v1]
  sideEffects: None
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { ports: [{ name: https-webhook, port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: injector.istio.io
  clientConfig:
    service:
      name: istiod
      namespace: istio-system
  admissionReviewVersions: [v1]
  sideEffects: None
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for configuration in injectors(cluster) {
        let mut told = BTreeSet::new();
        for hook in configuration.node.list("webhooks") {
            let Some(service) = hook.at(&["clientConfig", "service"]) else { continue };
            let Some(name) = service.get("name").and_then(Node::as_text) else { continue };
            let namespace = service.word("namespace").map_or("", Str::as_str);
            let named = cluster.look_up(Sort::Service, namespace, &name);
            let there = matches!(named, Named::There(_) | Named::Elsewhere);
            if there || !told.insert((namespace, name.value.clone())) {
                continue;
            }
            let message =
                format!("the injector asks the Service `{namespace}/{name}`, which is not in these files");
            let mut finding = findings.on(configuration, name.span, message);
            if matches!(named, Named::Unknown) {
                finding.severity = Severity::Info;
            }
            findings.push(
                finding.help("name the Service of an istiod that runs, or take the configuration away"),
            );
        }
    }
}
