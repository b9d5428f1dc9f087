//! A pod that asks for a proxy is asked about: by a label, in a namespace that does not forbid it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injection::{DATAPLANE, INJECTION, REVISION};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5204",
    name: "idle-injection-request",
    severity: Severity::Warning,
    equivalents: &["MG-33"],
    why: "Injectors choose pods by labels, and leave out namespaces with `istio-injection: disabled`: this pod runs \
          without a proxy, and what the mesh promises does not hold for it.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels:
        app: web
        sidecar.istio.io/inject: 'true' #~
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    run: Run::Each(
        &[
            Sort::Deployment,
            Sort::StatefulSet,
            Sort::DaemonSet,
            Sort::Job,
            Sort::CronJob,
            Sort::Rollout,
            Sort::ReplicationController,
        ],
        run,
    ),
};

const INJECT: &str = "sidecar.istio.io/inject";

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let (Some(workload), Some(namespace)) = (Workload::of(object), cluster.namespace(object.namespace()))
    else {
        return;
    };
    let of_namespace = namespace.label(INJECTION).map(Str::as_str);
    let asks = |group: &str| {
        let value = workload.template.get("metadata")?.get(group)?.get(INJECT)?;
        value.text().filter(|it| *it == "true").map(|_| value.span)
    };
    let label = asks("labels");
    if let Some(span) = label.filter(|_| of_namespace == Some("disabled")) {
        let message = format!("`{}` asks for a proxy, and its namespace forbids it", object.name);
        let forbidden = namespace
            .node
            .at(&["metadata", "labels", INJECTION])
            .map_or(namespace.span(), |it: &Node| it.span);
        let finding = findings.at(span, message).related(forbidden, "here");
        findings.push(
            finding.help(format!("take the label off the namespace `{}`, or off the pods", namespace.name)),
        );
        return;
    }
    let takes_part =
        of_namespace.is_some() || [REVISION, DATAPLANE].iter().any(|it| namespace.label(it).is_some());
    let by_label = workload.label(INJECT).or_else(|| workload.label(REVISION));
    if let Some(span) = asks("annotations").filter(|_| by_label.is_none() && !takes_part) {
        let message =
            format!("`{}` asks for a proxy by an annotation, and injectors look for a label", object.name);
        findings.push(findings.at(span, message).help("label the pods `sidecar.istio.io/inject: \"true\"`"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn an_annotation_alone_brings_no_proxy_into_a_namespace_without_labels() {
        let text = "
{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { template: { metadata: { annotations: { sidecar.istio.io/inject: 'true' } } } } }
";
        assert_says(
            &RULE,
            text,
            &["`web` asks for a proxy by an annotation, and injectors look for a label"],
        );
        assert_silent(
            &RULE,
            &text.replace("{ name: shop }", "{ name: shop, labels: { istio-injection: enabled } }"),
        );
        assert_silent(&RULE, &text.replace("{ name: shop }", "{ name: other }"));
    }
}
