//! `image: auto` needs the injector, which puts the image of the proxy in its place.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injector::{Injection, injection};
use crate::lint::base::workload::automatic_image;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};

pub static RULE: Rule = Rule {
    code: "MG5102",
    name: "automatic-image-without-injection",
    severity: Severity::Warning,
    equivalents: &["IST0146"],
    why: "Where no injector is asked about the pod, Kubernetes looks for an image named `auto`, and the pod does not start.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: edge }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: edge }
spec:
  selector: { matchLabels: { istio: gateway } }
  template:
    metadata: { labels: { istio: gateway }, annotations: { inject.istio.io/templates: gateway } }
    spec:
      containers:
      - { name: istio-proxy, image: auto } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: edge }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: edge }
spec:
  selector: { matchLabels: { istio: gateway } }
  template:
    metadata:
      labels: { istio: gateway, sidecar.istio.io/inject: 'true' }
      annotations: { inject.istio.io/templates: gateway }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
",
    run: Run::Each(&[Sort::Deployment, Sort::StatefulSet, Sort::DaemonSet, Sort::Rollout], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(workload) = Workload::of(object) else { return };
    let Some(image) = automatic_image(workload) else { return };
    let injection = injection(workload, cluster);
    if injection == Injection::Done || object.is_of_kubernetes() {
        return;
    }
    let message =
        format!("no injector is asked about the pods of `{}`, which need one for `image: auto`", object.name);
    let mut finding = findings.at(image.span, message);
    if injection == Injection::Unknown {
        finding.severity = Severity::Info;
    }
    findings.push(finding.help("label the pods `sidecar.istio.io/inject: \"true\"`"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent, messages};

    const GATEWAY: &str = "
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: g, namespace: edge }, spec: { template: { metadata: { labels: { app: g } }, spec: { containers: [{ name: istio-proxy, image: auto }] } } } }
---
";

    #[test]
    fn the_injectors_of_the_files_decide() {
        let hook = "{ apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: { name: i }, webhooks: [{ name: a.istio.io, objectSelector: { matchLabels: { app: g } } }] }";
        assert_silent(&RULE, &format!("{GATEWAY}{hook}"));
        let said = "no injector is asked about the pods of `g`, which need one for `image: auto`";
        assert_says(&RULE, &format!("{GATEWAY}{}", hook.replace("app: g", "app: h")), &[said]);
    }

    #[test]
    fn of_a_namespace_elsewhere_nothing_is_known() {
        assert!(messages(Some(&RULE), GATEWAY)[0].contains("info"));
    }
}
