//! A webhook of Istio's says where its control plane is.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::webhook::{machine, of_control_plane};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5207",
    name: "unusable-control-plane",
    severity: Severity::Warning,
    equivalents: &["IST0163"],
    why: "The API server cannot ask a control plane without an address: nothing is injected, nothing is validated.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector-external }
webhooks:
- name: injector.istio.io
  clientConfig: { url: 'https://istiod.example.com:port/inject' } #~
  admissionReviewVersions: [v1]
  sideEffects: None
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector-external }
webhooks:
- name: injector.istio.io
  clientConfig: { url: 'https://istiod.example.com:15017/inject' }
  admissionReviewVersions: [v1]
  sideEffects: None
",
    run: Run::Each(&[Sort::MutatingWebhookConfiguration, Sort::ValidatingWebhookConfiguration], run),
};

fn run(configuration: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for hook in of_control_plane(configuration) {
        let client = hook.get("clientConfig");
        let name = hook.word("name").map_or("", Str::as_str);
        let finding = match client.and_then(|it| it.get("url")).and_then(Node::as_text) {
            Some(url) => match machine(&url) {
                Ok(_) => continue,
                Err(reason) => {
                    findings.at(url.span, format!("`{url}` of the webhook `{name}` is no address: {reason}"))
                }
            },
            None if client.is_some_and(|it| it.has("service")) => continue,
            None => {
                let at = client.map_or(hook.span, |it| it.span);
                findings.at(at, format!("the webhook `{name}` has neither `url` nor `service`"))
            }
        };
        findings.push(finding.help("set `clientConfig.url` to the address of the control plane"));
    }
}
