//! A Pod in a namespace with injection has its proxy.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::workload::is_live;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG5104",
    name: "pod-without-proxy",
    severity: Severity::Warning,
    equivalents: &["IST0103"],
    why: "It was made before the namespace was labelled, or while the injector was away: no policy holds for it, and \
          callers with strict mutual TLS do not hear it.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: web-0, namespace: shop, uid: 1-2-3 } #~
spec: { containers: [{ name: web, image: 'web:1' }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: web-0, namespace: shop, uid: 1-2-3 }
spec: { containers: [{ name: web, image: 'web:1' }, { name: istio-proxy, image: 'proxyv2:1.31.0' }] }
---
apiVersion: v1
kind: Pod
metadata: { name: agent-0, namespace: shop, uid: 1-2-4, labels: { sidecar.istio.io/inject: 'false' } }
spec: { containers: [{ name: agent, image: 'agent:1' }] }
",
    run: Run::Each(&[Sort::Pod], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    const INJECT: &str = "sidecar.istio.io/inject";
    let Some(pod) = Workload::of(object) else { return };
    let label = cluster.namespace(object.namespace()).and_then(|it| it.label("istio-injection"));
    // As Istio's analyzer sees it, whose own namespace has no proxies to miss.
    let ambient = cluster.namespace(object.namespace()).and_then(|it| it.label("istio.io/dataplane-mode"));
    if ambient.is_some_and(|it| it == "ambient") {
        return;
    }
    if object.namespace() == "istio-system"
        || object.is_of_kubernetes()
        || label.map(Str::as_str) != Some("enabled")
    {
        return;
    }
    let opted_out = pod.label(INJECT).or_else(|| pod.annotation(INJECT));
    let opted_out = opted_out.is_some_and(|it| it.eq_ignore_ascii_case("false"));
    if opted_out || pod.pod_spec().flag("hostNetwork") == Some(true) || pod.proxy().is_some() {
        return;
    }
    let message = format!("the pod `{}` has no proxy, though its namespace asks for one", object.name);
    let mut finding = findings.at(object.span(), message);
    if !is_live(object) {
        finding.severity = Severity::Info;
    }
    findings.push(finding.help("restart it, or label it `sidecar.istio.io/inject: \"false\"`"));
}
