//! Pods of a namespace run the proxy that its injector would give them now.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::injector_values::{config_map_of, injector_values};
use crate::lint::base::proxy_image::{Variants, image_of};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5106",
    name: "stale-proxy",
    severity: Severity::Warning,
    equivalents: &["IST0158"],
    why: "Pods keep the proxy that they were made with: after an upgrade they miss its fixes until they are restarted.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } } #~
---
apiVersion: v1
kind: Pod
metadata: { name: web-0, namespace: shop }
spec: { containers: [{ name: web, image: 'web:1' }, { name: istio-proxy, image: 'istio/proxyv2:1.29.0' }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{\"global\":{\"hub\":\"istio\",\"tag\":\"1.31.0\",\"proxy\":{\"image\":\"proxyv2\"}}}' }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: web-0, namespace: shop }
spec: { containers: [{ name: web, image: 'web:1' }, { name: istio-proxy, image: 'istio/proxyv2:1.31.0' }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{\"global\":{\"hub\":\"istio\",\"tag\":\"1.31.0\",\"proxy\":{\"image\":\"proxyv2\"}}}' }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let images: BTreeMap<&str, String> =
        injector_values(cluster).iter().map(|(name, values)| (*name, image_of(values))).collect();
    if images.is_empty() {
        return;
    }
    let variants = Variants::of(cluster);
    let mut stale: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for pod in cluster.of(Sort::Pod).filter_map(Workload::of) {
        let Some(namespace) = cluster.namespace(pod.object.namespace()).filter(|it| !it.is_of_kubernetes())
        else {
            continue;
        };
        let Some(image) = revision(namespace).and_then(|it| images.get(config_map_of(it).as_str())) else {
            continue;
        };
        // Whoever chose an image by hand is on his own.
        if pod.annotation("sidecar.istio.io/proxyImage").is_some_and(|it| !it.is_empty()) {
            continue;
        }
        let with_variant = format!("{image}-{}", variants.of_pod(pod));
        if proxies(pod).any(|it| it != image && it != with_variant) {
            stale.entry(namespace.id).or_default().insert(&pod.object.name);
        }
    }
    for (namespace, pods) in stale {
        let namespace = cluster.object(namespace);
        let shown: Vec<String> = pods.iter().take(5).map(|it| format!("`{it}`")).collect();
        let more = if pods.len() > 5 { format!(", and {} more", pods.len() - 5) } else { String::new() };
        let message = format!(
            "pods of `{}` have another proxy than their injector gives: {}{more}",
            namespace.name,
            shown.join(", ")
        );
        let help = format!("restart them: kubectl rollout restart deployment --namespace {}", namespace.name);
        findings.push(findings.on(namespace, namespace.span(), message).help(help));
    }
}

/// The revision that a namespace is injected by; `None` if it is not injected.
fn revision(namespace: &Object) -> Option<&str> {
    let enabled = namespace.label("istio-injection").is_some_and(|it| it == "enabled");
    namespace.label("istio.io/rev").map(Str::as_str).or_else(|| enabled.then_some("default"))
}

/// The images of the proxies of a pod.
fn proxies(pod: Workload<'_>) -> impl Iterator<Item = &str> {
    let spec: &Node = pod.pod_spec();
    let all = spec.list("containers").iter().chain(spec.list("initContainers"));
    let proxies = all.filter(|it| it.word("name").is_some_and(|it| it == "istio-proxy"));
    proxies.map(|it| it.word("image").map_or("", Str::as_str))
}
