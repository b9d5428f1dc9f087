//! An external control plane is called by a name.

use std::net::IpAddr;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::webhook::{machine, of_control_plane};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5208",
    name: "address-of-control-plane",
    severity: Severity::Info,
    equivalents: &["IST0164"],
    why: "An address says nothing about who answers there, changes when the control plane moves, and has to be in its \
          certificate.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: istio-validator-external }
webhooks:
- name: validation.istio.io
  clientConfig: { url: 'https://10.0.0.7:15017/validate' } #~
  admissionReviewVersions: [v1]
  sideEffects: None
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: istio-validator-external }
webhooks:
- name: validation.istio.io
  clientConfig: { url: 'https://istiod.example.com:15017/validate' }
  admissionReviewVersions: [v1]
  sideEffects: None
",
    run: Run::Each(&[Sort::MutatingWebhookConfiguration, Sort::ValidatingWebhookConfiguration], run),
};

fn run(configuration: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for hook in of_control_plane(configuration) {
        let Some(url) = hook.at(&["clientConfig", "url"]).and_then(Node::as_text) else { continue };
        if machine(&url).is_ok_and(|it| it.parse::<IpAddr>().is_ok()) {
            let message = format!("`{url}` has an address in place of a name");
            findings.push(findings.at(url.span, message).help("give the control plane a name in DNS"));
        }
    }
}
