//! Who has a waypoint is of the ambient mesh.

use crate::diag::Severity;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4561",
    name: "waypoint-outside-ambient",
    severity: Severity::Warning,
    equivalents: &["KIA1312"],
    why: "Only pods of the ambient mesh are reached by way of a waypoint; elsewhere the label has no effect.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, istio.io/use-waypoint: waypoint } } #~
spec: { containers: [{ name: app, image: example/app:1 }] }
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
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in cluster.pods(None, &[]) {
        let object = workload.object;
        if has_waypoint(workload, cluster) && !ambient::is_ambient_workload(workload, cluster) {
            let message = format!("`{}` has a waypoint and is not of the ambient mesh", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help(
                "give the namespace the label `istio.io/dataplane-mode: ambient`, or take the waypoint away",
            ));
        }
    }
}

fn has_waypoint(workload: Workload<'_>, cluster: &Cluster) -> bool {
    let own = workload.label(ambient::WAYPOINT);
    workload.label(ambient::MODE).is_none_or(|it| it != "none")
        && ambient::waypoint(own, workload.object.namespace(), cluster).is_some()
}
