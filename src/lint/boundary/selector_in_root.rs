//! The Sidecar of the root namespace is for every workload.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3405",
    name: "selector-in-root",
    severity: Severity::Warning,
    equivalents: &["KIA1006"],
    why: "The Sidecar of the root namespace is the default of all namespaces. With a selector it is no default: it is for pods of the root namespace only.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec: { workloadSelector: { labels: { app: web } }, egress: [{ hosts: [\"./*\"] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec: { egress: [{ hosts: [\"./*\"] }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let selector = object.spec().get("workloadSelector").filter(|it| !it.pairs("labels").is_empty());
    if let Some(selector) = selector.filter(|_| object.namespace() == cluster.config.root_namespace()) {
        let finding = findings.at(selector.span, "a Sidecar of the root namespace has a selector");
        findings.push(finding.help("take it away, or move the Sidecar to the namespace of the workloads"));
    }
}
