//! A policy about requests is for ports that take requests.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::Protocol;
use crate::mesh::Workload;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4580",
    name: "requests-on-bytes",
    severity: Severity::Warning,
    equivalents: &["MG-08"],
    why: "On a port that is not HTTP an ALLOW with conditions about requests lets nobody in, and a DENY with them \
          keeps everybody out.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: tcp-sql, port: 5432 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }] #~
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: http, port: 5432 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        // For all of a namespace it is told where it is about one of its ports only.
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let denies = match walk::action(policy) {
            "ALLOW" => false,
            "DENY" => true,
            _ => continue,
        };
        if labels.is_empty() || !ambient::is_about_requests(policy) {
            continue;
        }
        for workload in cluster.pods(Some(policy.namespace()), labels) {
            if let Some((span, number)) = bytes(policy, denies, workload, cluster) {
                let effect = if denies { "closed to everybody" } else { "open to nobody" };
                let message = format!(
                    "port {number} of `{}` takes no requests, so it is {effect}",
                    workload.object.name
                );
                let finding = findings.on(policy, span, message);
                findings.push(finding.help("name the ports that it is about with `to.operation.ports`"));
                break;
            }
        }
    }
}

/// A port without requests that the policy speaks of only in terms of requests, and where it does.
fn bytes(policy: &Object, denies: bool, workload: Workload<'_>, cluster: &Cluster) -> Option<(Span, u16)> {
    let ports = cluster.services_over(workload).flat_map(|it| it.spec().list("ports"));
    for port in ports.filter(|it| !matches!(Protocol::of_service_port(it), Protocol::Unknown | Protocol::Udp))
    {
        let Some(number) = workload.target_of(port).filter(|_| !Protocol::of_service_port(port).is_http())
        else {
            continue;
        };
        let rules: Vec<&Node> = walk::rules(policy).iter().filter(|it| is_about(it, number)).collect();
        let of_requests = rules.iter().find(|it| speaks_of_requests(it));
        let Some(rule) = of_requests else { continue };
        if denies || rules.iter().all(|it| speaks_of_requests(it)) {
            return Some((rule.entries().first().map_or(rule.span, |it| it.key.span), number));
        }
    }
    None
}

/// Whether a rule holds at a port.
fn is_about(rule: &Node, number: u16) -> bool {
    let number = number.to_string();
    let holds = |it: &Node| {
        let ports = it.list("ports");
        let named = |list: &[Node]| list.iter().filter_map(Node::text).any(|it| *it == number);
        (ports.is_empty() || named(ports)) && !named(it.list("notPorts"))
    };
    rule.list("to").is_empty() || walk::operations(rule).any(holds)
}

fn speaks_of_requests(rule: &Node) -> bool {
    const FIELDS: [&str; 6] = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"];
    let keys = rule.list("when").iter().filter_map(|it| it.word("key"));
    keys.into_iter().any(|it| ambient::is_key_of_requests(it))
        || (!rule.list("to").is_empty() && walk::operations(rule).all(|it| walk::says(it, &FIELDS)))
        || (!rule.list("from").is_empty()
            && walk::sources(rule).all(|it| walk::says(it, &["requestPrincipals", "notRequestPrincipals"])))
}
