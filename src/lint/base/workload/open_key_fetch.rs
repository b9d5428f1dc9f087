//! An istiod that fetches keys for tokens is told where it may not look for them.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5105",
    name: "open-key-fetch",
    severity: Severity::Warning,
    equivalents: &["IST0175"],
    why: "istiod itself fetches the `jwksUri` of every RequestAuthentication: whoever may write one makes it call any \
          address of the cluster, the metadata of its machine among them.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } } #~
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: 'pilot:1.31.0' }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec: { jwtRules: [{ issuer: example.com, jwksUri: 'https://example.com/keys' }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec:
      containers:
      - name: discovery
        image: pilot:1.31.0
        env: [{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: '169.254.0.0/16,10.0.0.0/8' }]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec: { jwtRules: [{ issuer: example.com, jwksUri: 'https://example.com/keys' }] }
",
    run: Run::Each(&[Sort::Deployment], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let is_istiod = object.label("app").is_some_and(|it| it == "istiod") && !object.is_of_kubernetes();
    let Some(first) = cluster.of(Sort::RequestAuthentication).next().filter(|_| is_istiod) else { return };
    let Some(workload) = Workload::of(object) else { return };
    let blocks = |it: &Node| {
        it.word("name").is_some_and(|it| it == "BLOCKED_CIDRS_IN_JWKS_URIS")
            && it.word("value").is_some_and(|it| !it.is_empty())
    };
    if workload.pod_spec().list("containers").iter().any(|it| it.list("env").iter().any(blocks)) {
        return;
    }
    let message = format!("`{}` fetches keys from wherever a RequestAuthentication says", object.name);
    let finding = findings.at(object.span(), message).related(first.span(), "as this one does");
    findings.push(
        finding.help("set `BLOCKED_CIDRS_IN_JWKS_URIS` to the networks of the cluster and of its machines"),
    );
}
