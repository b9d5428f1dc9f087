//! Where a mesh says who may call whom, it says so of every workload.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG5107",
    name: "unguarded-workload",
    severity: Severity::Info,
    equivalents: &["KIA1301"],
    why: "Everybody may call a workload that no AuthorizationPolicy chooses.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web, sidecar.istio.io/inject: 'true' } } #~
spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: bank, namespace: bank }
spec: {}
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web, sidecar.istio.io/inject: 'true' } }
spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec: {}
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    // A mesh without any policy has not begun with them, which nobody has to be told for each workload.
    if cluster.of(Sort::AuthorizationPolicy).next().is_none() {
        return;
    }
    for workload in cluster.pods(None, &[]) {
        let object = workload.object;
        let asks = workload.is_in_mesh(cluster) && !object.is_of_kubernetes();
        if asks
            && object.namespace() != cluster.config.root_namespace()
            && cluster.authorizations(workload).is_empty()
        {
            let message = format!("no AuthorizationPolicy chooses `{}`: everybody may call it", object.name);
            let help = "choose it by a policy, or close the namespace by one with an empty `spec`";
            findings.push(findings.on(object, object.span(), message).help(help));
        }
    }
}
