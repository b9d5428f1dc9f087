//! A waypoint that is used is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4562",
    name: "absent-waypoint",
    severity: Severity::Error,
    equivalents: &["KIA1313"],
    why: "Calls to a workload that is enrolled with a waypoint go by way of it; where there is none, they are \
          refused or go past every rule about requests.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, istio.io/use-waypoint: waypont } } #~
spec: { containers: [{ name: app, image: example/app:1 }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
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
        if let Some(waypoint) = absent(workload, cluster) {
            let message = format!("no Gateway is the waypoint `{waypoint}` of `{}`", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help("make a Gateway of the class `istio-waypoint` with this name"));
        }
    }
}

/// The waypoint that it is enrolled with, if the files have Gateways and it is none of them.
fn absent<'m>(workload: Workload<'m>, cluster: &'m Cluster) -> Option<&'m str> {
    if workload.label(ambient::MODE).is_some_and(|it| it == "none") || ambient::is_waypoint(workload) {
        return None;
    }
    let namespace = workload.object.namespace();
    let name = ambient::waypoint(workload.label(ambient::WAYPOINT), namespace, cluster)?;
    let of = |key: &str| workload.label(key).or_else(|| cluster.namespace(namespace)?.label(key));
    let place = of("istio.io/use-waypoint-namespace").map_or(namespace, |it| it.as_str());
    let mut near = cluster.of(Sort::KubernetesGateway).filter(|it| it.namespace() == place).peekable();
    near.peek()?;
    near.all(|it| it.name.as_str() != name).then_some(name)
}
