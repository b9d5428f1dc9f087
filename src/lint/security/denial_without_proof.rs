//! Who is denied by his identity has to show it.

use crate::diag::Diagnostic;
use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::authentication::Mode;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4575",
    name: "denial-without-proof",
    severity: Severity::Warning,
    equivalents: &["MG-23"],
    why: "Where plain text is taken, too, a caller without proxy has no identity: a DENY of identities does not stop \
          him, and an ALLOW that only says who may not call lets him in.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  action: DENY
  rules: [{ from: [{ source: { namespaces: [web] } }] }] #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  action: DENY
  rules: [{ from: [{ source: { namespaces: [web] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        let spots: Vec<Span> = match walk::action(policy) {
            "DENY" => walk::rules(policy).iter().filter_map(denied).collect(),
            "ALLOW" => walk::rules(policy).iter().filter_map(allowed).collect(),
            _ => continue,
        };
        if spots.is_empty() {
            continue;
        }
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let mut chosen = cluster.pods(Some(policy.namespace()), labels);
        let open =
            chosen.find(|it| it.is_in_mesh(cluster) && cluster.mode_at(*it, None).0 == Mode::Permissive);
        let Some(workload) = open else { continue };
        let said = cluster.mode_at(workload, None).1;
        for span in spots {
            let message =
                format!("`{}` takes plain text, and its senders have no identity", workload.object.name);
            findings.push(weighed(findings.on(policy, span, message), said));
        }
    }
}

/// The mode that nobody asked for may be another in the mesh that this goes to.
fn weighed(mut finding: Diagnostic, said: Option<&Object>) -> Diagnostic {
    if said.is_none() {
        finding.severity = Severity::Info;
    }
    let finding = finding.related(said.map_or(Span::NONE, Object::span), "what says so");
    finding.help("take nothing but mutual TLS with `mtls: { mode: STRICT }`")
}

/// Where a rule denies identities.
fn denied(rule: &Node) -> Option<Span> {
    const FIELDS: [&str; 3] = ["principals", "namespaces", "serviceAccounts"];
    walk::sources(rule)
        .find_map(|it| FIELDS.iter().filter_map(|key| it.entry(key)).find(|it| !it.value.items().is_empty()))
        .map(|it| it.key.span)
}

/// Where a rule allows everybody but some identities.
fn allowed(rule: &Node) -> Option<Span> {
    const NOT: [&str; 3] = ["notPrincipals", "notNamespaces", "notServiceAccounts"];
    let positive = walk::SOURCE.into_iter().filter(|it| !it.starts_with("not"));
    let positive: Vec<&str> = positive.collect();
    let source = walk::sources(rule).find(|it| walk::says(it, &NOT) && !walk::says(it, &positive))?;
    NOT.iter().find_map(|it| source.entry(it)).map(|it| it.key.span)
}
