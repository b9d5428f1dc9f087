//! An annotation counts only on the kinds that read it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::annotation::{SORTS, Written, written};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5301",
    name: "misplaced-annotation",
    severity: Severity::Warning,
    equivalents: &["IST0107"],
    why: "Nobody reads an annotation on another kind than its own: what the sidecar is to be told, on a Deployment \
          instead of on its pods, is never heard.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations:
    traffic.sidecar.istio.io/excludeInboundPorts: '9000' #~
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations:
    kubernetes.io/ingress.class: istio #~
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
        traffic.sidecar.istio.io/excludeInboundPorts: '9000'
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
",
    run: Run::Each(SORTS, run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for it in written(object).filter(|it| !it.belongs()) {
        let (name, kinds) = (&it.entry.key, it.known.map_or(&[][..], |it| it.kinds));
        let message = format!("nobody reads `{name}` on a {}", it.kind);
        findings.push(findings.at(name.span, message).help(way_out(object, &it, kinds)));
    }
}

fn way_out(object: &Object, written: &Written<'_>, kinds: &[&str]) -> String {
    let of_pods = kinds.contains(&"Pod") && written.kind != "Pod";
    match object.sort {
        Some(Sort::CronJob) if of_pods => {
            "move it to `spec.jobTemplate.spec.template.metadata.annotations`, where it reaches the pods"
                .to_owned()
        }
        Some(Sort::Namespace | Sort::Service) | None => format!("it belongs on: {}", kinds.join(", ")),
        Some(_) if of_pods => {
            "move it to `spec.template.metadata.annotations`, where it reaches the pods".to_owned()
        }
        Some(_) => format!("it belongs on: {}", kinds.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn what_istio_writes_itself_may_stand_anywhere() {
        assert_silent(
            &RULE,
            "{ apiVersion: v1, kind: Service, metadata: { name: a, annotations: { istio.io/rev: x, gateway.istio.io/controller-version: '5', galley.istio.io/analyze-suppress: x } } }",
        );
    }

    #[test]
    fn an_annotation_of_a_service_is_none_of_a_pod() {
        let pod = "{ apiVersion: v1, kind: Pod, metadata: { name: a, annotations: { networking.istio.io/exportTo: . } } }";
        assert_says(&RULE, pod, &["nobody reads `networking.istio.io/exportTo` on a Pod"]);
    }
}
