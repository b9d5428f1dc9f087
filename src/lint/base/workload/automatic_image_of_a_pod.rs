//! A Pod that still has `image: auto` was not injected.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::workload::{automatic_image, is_live};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};

pub static RULE: Rule = Rule {
    code: "MG5103",
    name: "automatic-image-of-a-pod",
    severity: Severity::Error,
    equivalents: &["IST0147"],
    why: "Injection puts a real image in the place of `auto` while the pod is made, and never later: this pod cannot start.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: gateway-0, namespace: edge, uid: 1-2-3 }
spec:
  containers:
  - { name: istio-proxy, image: auto } #~
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: gateway-0, namespace: edge, uid: 1-2-3 }
spec:
  containers:
  - { name: istio-proxy, image: 'docker.io/istio/proxyv2:1.31.0' }
",
    run: Run::Each(&[Sort::Pod], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some(image) = Workload::of(object).filter(|_| !object.is_of_kubernetes()).and_then(automatic_image)
    else {
        return;
    };
    let message =
        format!("the pod `{}` has the image `auto`, which injection should have replaced", object.name);
    let mut finding = findings.at(image.span, message);
    // One that is yet to be made may be injected then.
    if !is_live(object) {
        finding.severity = Severity::Warning;
    }
    findings.push(finding.help("make it anew where an injector is asked about it, best by a Deployment"));
}
