//! An injector that takes every namespace takes those that say nothing, too.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injection::{is_undecided, takes_all};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG5202",
    name: "hidden-default",
    severity: Severity::Info,
    equivalents: &["IST0148"],
    why: "The injector was installed with `enableNamespacesByDefault`: the pods of this namespace get a proxy, though \
          nothing in the namespace says so.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop } #~
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{\"sidecarInjectorWebhook\":{\"enableNamespacesByDefault\":true}}' }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{\"sidecarInjectorWebhook\":{\"enableNamespacesByDefault\":true}}' }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut undecided = cluster.of(Sort::Namespace).filter(|it| is_undecided(it)).peekable();
    if undecided.peek().is_none() || !takes_all(cluster) {
        return;
    }
    for namespace in undecided {
        let message =
            format!("pods of `{}` get a proxy because the injector takes all namespaces", namespace.name);
        let help = "label it `istio-injection: enabled`, or `disabled` if it is to stay outside";
        findings.push(findings.on(namespace, namespace.span(), message).help(help));
    }
}
