//! A probe or hook names a port that its container lists.

use crate::diag::Severity;
use crate::lint::base::reference::{SORTS, containers};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5324",
    name: "unknown-probe-port",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The kubelet cannot find the port and takes the probe for failed: the container is restarted, or never ready.",
    bad: "
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
        ports: [{ name: http, containerPort: 8080 }]
        readinessProbe: { httpGet: { path: /ready, port: htpp } } #~
",
    good: "
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
        ports: [{ name: http, containerPort: 8080 }]
        readinessProbe: { httpGet: { path: /ready, port: http } }
        livenessProbe: { tcpSocket: { port: 9090 } }
",
    run: Run::Each(SORTS, run),
};

const PLACES: &[&str] = &[
    "livenessProbe.httpGet.port",
    "livenessProbe.tcpSocket.port",
    "readinessProbe.httpGet.port",
    "readinessProbe.tcpSocket.port",
    "startupProbe.httpGet.port",
    "startupProbe.tcpSocket.port",
    "lifecycle.postStart.httpGet.port",
    "lifecycle.preStop.httpGet.port",
];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some(workload) = Workload::of(object) else { return };
    for container in containers(workload) {
        for path in PLACES {
            container.each_at(path, &mut |port| judge(container, port, findings));
        }
    }
}

fn judge(container: &Node, port: &Node, findings: &mut Findings<'_>) {
    let Some(said) = port.text().filter(|it| it.parse::<i64>().is_err()) else { return };
    let names: Vec<&str> =
        container.list("ports").iter().filter_map(|it| it.word("name")).map(Str::as_str).collect();
    if !names.contains(&said.as_str()) {
        let whose = container.word("name").map_or("", Str::as_str);
        let message = format!("the container `{whose}` lists no port `{said}`");
        let finding = findings.at(port.span, message);
        findings.push(if names.is_empty() {
            finding.help(format!("list `{said}` in its `ports`, or write a number"))
        } else {
            finding.suggest(said, names)
        });
    }
}
