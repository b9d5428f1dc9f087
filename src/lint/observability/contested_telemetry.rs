//! A pod has one Telemetry that selects it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Entry;

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
    for contest in cluster.contested_pods(Sort::Telemetry, selected) {
        let pod = contest.prize.object;
        for telemetry in &contest.rivals {
            let count = contest.rivals.len();
            let message =
                format!("`{}` is one of {count} Telemetries for `{} {}`", telemetry.name, pod.kind, pod.name);
            let finding = findings.on(telemetry, telemetry.span(), message);
            let finding = finding.related(contest.other(telemetry).span(), "another");
            findings.push(finding.help("make them one, or let their selectors exclude each other"));
        }
    }
}

fn selected(telemetry: &Object) -> &[Entry] {
    telemetry.spec().get("selector").map_or(&[], |it| it.pairs("matchLabels"))
}
