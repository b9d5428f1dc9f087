//! An AuthorizationPolicy holds for somebody.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG4501",
    name: "policy-of-nobody",
    severity: Severity::Warning,
    equivalents: &["IST0127", "KIA0004"],
    why: "A policy that holds for no pod of the mesh protects nothing: a label of its selector is misspelt, or the \
          pods have no proxy that could enforce it.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: helo } } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        let is_root = policy.namespace() == cluster.config.root_namespace();
        match reach::selector(policy) {
            // For everybody in the mesh.
            None | Some([]) if is_root => {}
            None => judge(cluster, policy, Some(policy.namespace()), &[], findings),
            Some(labels) => {
                let namespace = (!is_root).then(|| policy.namespace());
                judge(cluster, policy, namespace, labels, findings);
            }
        }
    }
}

fn judge(
    cluster: &Cluster,
    policy: &Object,
    namespace: Option<&str>,
    labels: &[Entry],
    findings: &mut Findings<'_>,
) {
    let mut chosen = cluster.pods(namespace, labels).peekable();
    let is_chosen = chosen.peek().is_some();
    if chosen.any(|it| reach::is_held(it, cluster)) {
        return;
    }
    let what = if labels.is_empty() { String::new() } else { format!(" with `{}`", reach::shown(labels)) };
    let place = namespace.map_or("in any namespace".to_owned(), |it| format!("in `{it}`"));
    let why = if is_chosen { "has a proxy" } else { "is in these files" };
    let message = format!("no pod{what} {place} {why}");
    let span = policy.spec().entry("selector").map_or(Span::NONE, |it| it.key.span);
    let mut finding = findings.on(policy, span, message);
    if !is_decided(cluster, policy, is_chosen) {
        finding.severity = Severity::Info;
    }
    findings.push(finding.help(if is_chosen {
        "let the namespace or the pods have a proxy"
    } else {
        "compare the selector with the labels of the pods"
    }));
}

/// Whether the files say enough: what else runs in the namespace, or whether its pods get proxies.
fn is_decided(cluster: &Cluster, policy: &Object, is_chosen: bool) -> bool {
    let namespace = policy.namespace();
    if is_chosen { cluster.namespace(namespace).is_some() } else { cluster.has_pods(namespace) }
}
