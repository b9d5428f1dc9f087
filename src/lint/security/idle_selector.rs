//! What chooses workloads of its namespace chooses some.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG4502",
    name: "idle-selector",
    severity: Severity::Warning,
    equivalents: &["KIA0004"],
    why: "A selector that fits no workload of its namespace has no effect: the mode or the tokens that it asks for are \
          asked of nobody.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: helo } } #~
  mtls: { mode: STRICT }
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  mtls: { mode: STRICT }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in
        [Sort::PeerAuthentication, Sort::RequestAuthentication].into_iter().flat_map(|it| cluster.of(it))
    {
        let Some(labels) = reach::selector(policy).filter(|it| !it.is_empty()) else { continue };
        // A RequestAuthentication of the root namespace chooses in every namespace.
        let is_root = policy.namespace() == cluster.config.root_namespace();
        let everywhere = is_root && policy.is(Sort::RequestAuthentication);
        let namespace = (!everywhere).then(|| policy.namespace());
        if cluster.selected(namespace, labels).next().is_some() {
            continue;
        }
        let span = policy.spec().entry("selector").map_or(Span::NONE, |it| it.key.span);
        let place = namespace.map_or("in any namespace".to_owned(), |it| format!("in `{it}`"));
        let message = format!("no workload with `{}` is {place}", reach::shown(labels));
        let mut finding = findings.on(policy, span, message);
        if !cluster.has_pods(policy.namespace()) {
            finding.severity = Severity::Info;
        }
        findings.push(finding.help("compare the selector with the labels of the pods"));
    }
}
