//! A pod has one Telemetry that selects it.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6011",
    name: "contested-telemetry",
    severity: Severity::Error,
    equivalents: &["IST0159"],
    why: "Istio reads one Telemetry with a selector for a workload, the oldest; what others say of it is lost.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop } #~
spec: { selector: { matchLabels: { app: hello } } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop } #~
spec: { selector: { matchLabels: { version: v1 } } }
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: all, namespace: shop }
spec: { selector: { matchLabels: { app: hello } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut of_pod: BTreeMap<usize, Vec<&Object>> = BTreeMap::new();
    for telemetry in cluster.of(Sort::Telemetry) {
        let labels = telemetry.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        if !labels.is_empty() {
            for workload in cluster.selected(Some(telemetry.namespace()), labels) {
                of_pod.entry(workload.object.id).or_default().push(telemetry);
            }
        }
    }
    for (id, all) in of_pod.into_iter().filter(|it| it.1.len() > 1) {
        let workload = cluster.object(id);
        for telemetry in &all {
            let other = if telemetry.id == all[0].id { all[1] } else { all[0] };
            let message = format!(
                "`{}` is one of {} Telemetries that select `{} {}`",
                telemetry.name,
                all.len(),
                workload.kind,
                workload.name
            );
            let finding = findings.on(telemetry, telemetry.span(), message);
            let finding = finding.related(other.span(), "another");
            findings.push(finding.help("make them one, or let their selectors exclude each other"));
        }
    }
}
