//! Services over one workload do not lead two port numbers to one port of its pods.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::lint::base::service::{MOST_SHOWN, in_mesh, names, ports_over, target};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5005",
    name: "one-target-two-ports",
    severity: Severity::Warning,
    equivalents: &["IST0137"],
    why: "A sidecar has one inbound chain a port of its pod, built from one of the Services' ports: what the others say \
          of protocol and policy does not hold.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop } #~
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }
    spec: { containers: [{ name: web, image: 'web:1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: admin, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 8080 }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }
    spec: { containers: [{ name: web, image: 'web:1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: admin, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in in_mesh(cluster) {
        let mut by_target: BTreeMap<&str, BTreeMap<i64, (&Object, &Node)>> = BTreeMap::new();
        for (service, port) in ports_over(cluster, workload) {
            let (Some(target), Some(number)) = (target(port), port.whole("port")) else { continue };
            by_target.entry(target).or_default().insert(number, (service, port));
        }
        for (target, ports) in by_target.into_iter().filter(|it| it.1.len() > 1) {
            let numbers: Vec<String> = ports.keys().map(ToString::to_string).collect();
            let services = names(ports.values().map(|it| it.0));
            let message = format!(
                "ports {} lead to port `{target}` of `{}`: {services}",
                numbers.join(" and "),
                workload.object.name
            );
            let mut finding = findings.on(workload.object, workload.object.span(), message);
            for (number, (_, port)) in ports.iter().take(MOST_SHOWN) {
                finding = finding.related(port.span, format!("port {number}"));
            }
            findings.push(finding.help("use one port number for it in all Services"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    const POD: &str = "{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { template: { metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } } } } }\n---\n";

    #[test]
    fn one_service_may_do_it_to_itself() {
        let service = "{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }, { port: 81, targetPort: http }] } }";
        assert_says(
            &RULE,
            &format!("{POD}{service}"),
            &["ports 80 and 81 lead to port `http` of `web`: `a`"],
        );
        // Without a sidecar there is no inbound chain.
        assert_silent(&RULE, &format!("{}{service}", POD.replace("true", "false")));
        assert_silent(&RULE, &format!("{POD}{}", service.replace("selector: { app: web }, ", "")));
    }
}
