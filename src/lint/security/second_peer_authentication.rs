//! A namespace has one PeerAuthentication that is for all of it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::authentication::is_wide;

pub static RULE: Rule = Rule {
    code: "MG4508",
    name: "second-peer-authentication",
    severity: Severity::Error,
    equivalents: &["KIA0002"],
    why: "istiod takes one PeerAuthentication without selector in a namespace, the oldest; the mode that others ask for does not hold.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: one, namespace: shop } #~
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: two, namespace: shop } #~
spec: { mtls: { mode: PERMISSIVE } }
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: one, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: two, namespace: web }
spec: { mtls: { mode: STRICT } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for contest in cluster.contested_namespaces(Sort::PeerAuthentication, is_wide) {
        for policy in &contest.rivals {
            let (count, namespace) = (contest.rivals.len(), contest.prize);
            let message =
                format!("`{}` is one of {count} PeerAuthentications for all of `{namespace}`", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            let finding = finding.related(contest.other(policy).span(), "another");
            findings.push(finding.help("keep one, or let the others choose workloads with a `selector`"));
        }
    }
}
