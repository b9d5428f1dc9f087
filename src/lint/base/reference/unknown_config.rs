//! What pods need of configuration and secrets is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::reference::{SORTS, containers, is_made};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::names::Named;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5325",
    name: "unknown-config",
    severity: Severity::Info,
    equivalents: &[],
    why: "A pod waits for a ConfigMap or Secret that it needs, and does not start until somebody makes it.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: { name: web-config, namespace: shop }
data: { a: b }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: web:1
        envFrom: [{ configMapRef: { name: web-conf } }] #~
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: { name: web-config, namespace: shop }
data: { a: b }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: ca, configMap: { name: kube-root-ca.crt } }, { name: more, secret: { secretName: more, optional: true } }]
      containers:
      - name: web
        image: web:1
        envFrom: [{ configMapRef: { name: web-config } }]
",
    run: Run::Each(SORTS, run),
};

/// Where a container names one, and by which key.
const OF_CONTAINER: &[(&str, Sort, &str)] = &[
    ("envFrom[].configMapRef", Sort::ConfigMap, "name"),
    ("envFrom[].secretRef", Sort::Secret, "name"),
    ("env[].valueFrom.configMapKeyRef", Sort::ConfigMap, "name"),
    ("env[].valueFrom.secretKeyRef", Sort::Secret, "name"),
];

/// Where a pod does.
const OF_POD: &[(&str, Sort, &str)] = &[
    ("volumes[].configMap", Sort::ConfigMap, "name"),
    ("volumes[].secret", Sort::Secret, "secretName"),
    ("volumes[].projected.sources[].configMap", Sort::ConfigMap, "name"),
    ("volumes[].projected.sources[].secret", Sort::Secret, "name"),
];

/// What Kubernetes and Istio put into every namespace themselves.
const EVERYWHERE: &[&str] = &["kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt"];

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(workload) = Workload::of(object).filter(|_| !is_made(object)) else { return };
    let mut told: Vec<(Sort, String)> = Vec::new();
    let mut judge = |reference: &Node, sort: Sort, key: &str| {
        let Some(name) = reference.get(key).and_then(Node::as_text) else { return };
        let needed = reference.flag("optional") != Some(true) && !EVERYWHERE.contains(&name.as_str());
        let missing = matches!(cluster.look_up(sort, object.namespace(), &name), Named::Missing);
        let known = (sort, name.to_string());
        if needed && missing && !told.contains(&known) {
            told.push(known);
            let message =
                format!("`{}` needs {} `{name}`, which is not in these files", object.name, sort.kind());
            let help = "add it, declare it with `--external`, or mark it `optional: true`";
            findings.push(findings.at(name.span, message).help(help));
        }
    };
    for (path, sort, key) in OF_POD {
        workload.pod_spec().each_at(path, &mut |it| judge(it, *sort, key));
    }
    for container in containers(workload) {
        for (path, sort, key) in OF_CONTAINER {
            container.each_at(path, &mut |it| judge(it, *sort, key));
        }
    }
}
