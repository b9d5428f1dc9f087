//! A namespace says whether its pods get a proxy.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injection::{is_undecided, takes_all};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG5201",
    name: "undecided-namespace",
    severity: Severity::Info,
    equivalents: &["IST0102"],
    why: "Without a label nobody can tell a namespace that is to stay outside of the mesh from one that was forgotten.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: batch, labels: { istio-injection: disabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: bank, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut undecided = cluster.of(Sort::Namespace).filter(|it| is_undecided(it)).peekable();
    if undecided.peek().is_none() || takes_all(cluster) {
        return;
    }
    for namespace in undecided {
        let message = format!("the namespace `{}` does not say whether its pods get a proxy", namespace.name);
        let help = "label it `istio-injection: enabled`, or `disabled` if it is to stay outside";
        findings.push(findings.on(namespace, namespace.span(), message).help(help));
    }
}
