//! The value of an annotation is one that the injector can read.

use crate::diag::Severity;
use crate::lint::base::annotation::Written;
use crate::lint::base::annotation::{SORTS, written};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5303",
    name: "unusable-annotation",
    severity: Severity::Warning,
    equivalents: &["IST0125"],
    why: "The injector refuses a pod whose annotations it cannot read: the pod is never made.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        status.sidecar.istio.io/port: http #~
        traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0 #~
        sidecar.istio.io/proxyCPU: 100 milli #~
        proxy.istio.io/config: 'concurrency: many' #~
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        status.sidecar.istio.io/port: '15020'
        traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/8
        sidecar.istio.io/proxyCPU: 100m
        proxy.istio.io/config: 'concurrency: 2'
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    run: Run::Each(SORTS, run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for it in written(object).filter(Written::belongs) {
        let Some(known) = it.known.filter(|it| !it.kinds.contains(&"Any")) else { continue };
        let Some(Err(reason)) = known.judge.map(|judge| judge(it.value())) else { continue };
        let message = format!("the injector cannot read `{}` for `{}`: {reason}", it.value(), known.name);
        let help = format!("write a value that `{}` takes", known.name);
        findings.push(findings.at(it.entry.value.span, message).help(help));
    }
}
