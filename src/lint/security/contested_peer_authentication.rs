//! A workload has one PeerAuthentication that selects it.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG4509",
    name: "contested-peer-authentication",
    severity: Severity::Error,
    equivalents: &["KIA0003"],
    why: "istiod takes one PeerAuthentication that selects a workload, the oldest; the mode that others ask for does not hold.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: one, namespace: shop } #~
spec: { selector: { matchLabels: { app: hello } }, mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: two, namespace: shop } #~
spec: { selector: { matchLabels: { version: v1 } }, mtls: { mode: STRICT } }
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, version: v1 } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: one, namespace: shop }
spec: { selector: { matchLabels: { app: hello } }, mtls: { mode: STRICT } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for contest in cluster.contested_pods(Sort::PeerAuthentication, selected) {
        let pod = contest.prize.object;
        for policy in contest.rivals.iter().filter(|it| told.insert(it.id)) {
            let count = contest.rivals.len();
            let message = format!(
                "`{}` is one of {count} PeerAuthentications that select `{} {}`",
                policy.name, pod.kind, pod.name
            );
            let finding = findings.on(policy, policy.span(), message);
            let finding = finding.related(contest.other(policy).span(), "another");
            findings.push(finding.help("make them one, or let their selectors exclude each other"));
        }
    }
}

fn selected(policy: &Object) -> &[Entry] {
    policy.spec().get("selector").map_or(&[], |it| it.pairs("matchLabels"))
}
