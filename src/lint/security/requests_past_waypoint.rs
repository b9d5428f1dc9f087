//! A workload that a policy about requests holds for has a waypoint.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4564",
    name: "requests-past-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA1317", "MG-42"],
    why: "A pod of the ambient mesh without waypoint is protected by nobody who could look into requests: the policy \
          denies what it cannot see, or is not read.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } } #~
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec: { selector: { matchLabels: { app: hello } }, rules: [{ to: [{ operation: { methods: [GET] } }] }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec: { selector: { matchLabels: { app: hello } }, rules: [{ to: [{ operation: { methods: [GET] } }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in cluster.pods(None, &[]) {
        let object = workload.object;
        if is_unprotected(workload, cluster) {
            let message =
                format!("a policy about requests holds for `{}`, which has no waypoint", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help("give the namespace the label `istio.io/use-waypoint`"));
        }
    }
}

fn is_unprotected(workload: Workload<'_>, cluster: &Cluster) -> bool {
    let namespace = workload.object.namespace();
    let is_gateway = workload.label("gateway.networking.k8s.io/gateway-name").is_some();
    if is_gateway || ambient::is_waypoint(workload) || !ambient::is_ambient_workload(workload, cluster) {
        return false;
    }
    if ambient::waypoint(workload.label(ambient::WAYPOINT), namespace, cluster).is_some() {
        return false;
    }
    let own = |it: &Object| it.namespace() == namespace && ambient::is_about_requests(it);
    cluster.authorizations(workload).into_iter().any(own) || is_named(workload, cluster)
}

/// Whether such a policy names a Service over the workload.
fn is_named(workload: Workload<'_>, cluster: &Cluster) -> bool {
    let over: Vec<usize> = cluster.services_over(workload).map(|it| it.id).collect();
    if over.is_empty() {
        return false;
    }
    let namespace = workload.object.namespace();
    let policies = cluster.of(Sort::AuthorizationPolicy).filter(|it| it.namespace() == namespace);
    let mut named = policies.filter(|it| ambient::is_attached(it) && ambient::is_about_requests(it));
    named.any(|policy| ambient::services(policy, cluster).any(|it| over.contains(&it.id)))
}
