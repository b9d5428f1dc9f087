//! A pod has one Sidecar that selects it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG4507",
    name: "contested-sidecar",
    severity: Severity::Error,
    equivalents: &["IST0110", "KIA0003"],
    why: "istiod takes one Sidecar that selects a pod, the oldest; what others say of it is lost.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: one, namespace: shop } #~
spec: { workloadSelector: { labels: { app: hello } }, egress: [{ hosts: [\"./*\"] }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: two, namespace: shop } #~
spec: { workloadSelector: { labels: { version: v1 } }, egress: [{ hosts: [\"./*\"] }] }
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: one, namespace: shop }
spec: { workloadSelector: { labels: { app: hello } }, egress: [{ hosts: [\"./*\"] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for contest in cluster.contested_pods(Sort::Sidecar, selected) {
        let pod = contest.prize.object;
        // A pod without sidecar has no use for any of them, as another rule says.
        if contest.prize.annotation("ambient.istio.io/redirection").is_some_and(|it| it == "enabled") {
            continue;
        }
        for sidecar in &contest.rivals {
            let count = contest.rivals.len();
            let message = format!(
                "`{}` is one of {count} Sidecars that select `{} {}`",
                sidecar.name, pod.kind, pod.name
            );
            let finding = findings.on(sidecar, sidecar.span(), message);
            let finding = finding.related(contest.other(sidecar).span(), "another");
            findings.push(finding.help("make them one, or let their selectors exclude each other"));
        }
    }
}

fn selected(sidecar: &Object) -> &[Entry] {
    sidecar.spec().get("workloadSelector").map_or(&[], |it| it.pairs("labels"))
}
