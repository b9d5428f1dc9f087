//! No two groups of workloads in a namespace give the same labels.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::selector_text;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3407",
    name: "twin-workload-groups",
    severity: Severity::Warning,
    equivalents: &["KIA1702"],
    why: "Whatever selects the workloads of one group selects those of the other.",
    bad: "
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: a, namespace: shop }
spec: { metadata: { labels: { app: vm } }, template: { ports: { http: 80 } } } #~
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: b, namespace: shop }
spec: { metadata: { labels: { app: vm } }, template: { ports: { http: 80 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: a, namespace: shop }
spec: { metadata: { labels: { app: vm } }, template: { ports: { http: 80 } } }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: b, namespace: shop }
spec: { metadata: { labels: { app: other } }, template: { ports: { http: 80 } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut groups: BTreeMap<(&str, Str), Vec<&Object>> = BTreeMap::new();
    for group in cluster.of(Sort::WorkloadGroup) {
        let labels = labels(group).map_or(&[][..], Node::entries);
        if !labels.is_empty() {
            groups.entry((group.namespace(), selector_text(labels))).or_default().push(group);
        }
    }
    for twins in groups.values().filter(|it| it.len() > 1) {
        for (index, group) in twins.iter().enumerate() {
            let other = twins[usize::from(index == 0)];
            let message = format!("the WorkloadGroup `{}` gives the same labels", other.name);
            let span = labels(group).map_or(group.span(), |it| it.span);
            let finding = findings.on(group, span, message).related(other.span(), "the other");
            findings.push(finding.help("make one group of them, or give each a label of its own"));
        }
    }
}

fn labels(group: &Object) -> Option<&Node> {
    group.spec().at(&["metadata", "labels"])
}
