//! A port of a Service leads to a port that its pods list.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::service::target;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::backing::MOST_BEHIND;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5007",
    name: "unlisted-target-port",
    severity: Severity::Warning,
    equivalents: &["KIA0701"],
    why: "A `targetPort` by name that no container lists leaves the Service without endpoints; a number that none lists \
          is mostly a typing error, and connections to it are refused.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1', ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: http, port: 80, targetPort: web } #~
  - { name: http-admin, port: 81, targetPort: 8081 } #~
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1', ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports:
  - { name: http, port: 80, targetPort: http }
  - { name: http-admin, port: 81, targetPort: 8080 }
",
    run: Run::Each(&[Sort::Service], run),
};

fn run(service: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let behind: Vec<Workload<'_>> = cluster.behind(service).take(MOST_BEHIND).collect();
    if behind.is_empty() {
        return;
    }
    for port in service.spec().list("ports") {
        let Some(target) = target(port) else { continue };
        let Some(without) = behind.iter().find(|it| !lists(**it, target)) else { continue };
        // Of several versions, one that has it is enough for a Service to be meant so.
        if behind.iter().any(|it| lists(*it, target)) {
            continue;
        }
        let (kind, name) = (&without.object.kind, &without.object.name);
        let at = port.get("targetPort").or_else(|| port.get("port")).unwrap_or(port).span;
        let message = format!("no container of {kind} `{name}` lists port `{target}`");
        let mut finding = findings.at(at, message).related(without.object.span(), "these are the pods");
        let is_number = target.parse::<i64>().is_ok();
        // Nothing has to be listed for a number to work: whoever lists none at all says nothing.
        if is_number && containers(*without).all(|it| it.list("ports").is_empty()) {
            finding.severity = Severity::Info;
        }
        let help =
            format!("set `targetPort` to a port of the pods, or list `{target}` in `ports` of the container");
        findings.push(finding.help(help));
    }
}

fn containers(workload: Workload<'_>) -> impl Iterator<Item = &Node> {
    // A sidecar of Kubernetes' own kind is an init container that stays.
    let stays = |it: &&Node| it.word("restartPolicy").is_some_and(|it| it == "Always");
    let spec = workload.pod_spec();
    spec.list("containers").iter().chain(spec.list("initContainers").iter().filter(stays))
}

fn lists(workload: Workload<'_>, target: &str) -> bool {
    let is = |it: &Node| {
        let key = if target.bytes().all(|it| it.is_ascii_digit()) { "containerPort" } else { "name" };
        it.word(key).is_some_and(|it| it == target)
    };
    containers(workload).any(|it| it.list("ports").iter().any(is))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_silent, messages};

    #[test]
    fn pods_that_list_no_port_at_all_make_no_noise() {
        let text = "
{ apiVersion: v1, kind: Pod, metadata: { name: p, labels: { app: a } }, spec: { containers: [{ name: a }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: s }, spec: { selector: { app: a }, ports: [{ port: 80 }] } }
";
        assert!(messages(Some(&RULE), text)[0].contains("info"), "{text}");
        assert_silent(&RULE, &text.replace("selector: { app: a }, ", ""));
    }
}
