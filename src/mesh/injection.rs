//! Which pods have a proxy: what namespaces, pods and injectors say together.
//!
//! Source: `pkg/config/analysis/analyzers/util/in_mesh.go`.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// The namespaces that the files have, by name.
#[derive(Debug, Default)]
pub struct Namespaces(BTreeMap<Str, usize>);

impl Namespaces {
    pub(super) fn of(cluster: &Cluster) -> Self {
        Self(cluster.of(Sort::Namespace).map(|it| (it.name.value.clone(), it.id)).collect())
    }
}

impl Cluster {
    /// The Namespace of a name, if the files have it.
    pub fn namespace(&self, name: &str) -> Option<&Object> {
        self.namespaces().0.get(name).map(|it| self.object(*it))
    }

    /// Whether a namespace is of the ambient mesh; where a label asks for sidecars, it is not.
    pub fn is_ambient(&self, namespace: &str) -> bool {
        let Some(object) = self.namespace(namespace) else { return false };
        let is = |key: &str, value: &str| object.label(key).is_some_and(|it| it == value);
        is("istio.io/dataplane-mode", "ambient")
            && !is("istio-injection", "enabled")
            && object.label("istio.io/rev").is_none_or(Str::is_empty)
    }
}

impl Workload<'_> {
    /// Whether its pods have a sidecar, as Istio's analyzers see it: a proxy among the containers, otherwise what the
    /// pods' label says, then what their annotation says, then whether the namespace has `istio-injection: enabled`.
    pub fn is_in_mesh(self, cluster: &Cluster) -> bool {
        const INJECT: &str = "sidecar.istio.io/inject";
        if self.proxy().is_some() {
            return true;
        }
        if let Some(said) = self.label(INJECT).or_else(|| self.annotation(INJECT)) {
            return said == "true";
        }
        let namespace = cluster.namespace(self.object.namespace());
        namespace.and_then(|it| it.label("istio-injection")).is_some_and(|it| it == "enabled")
    }

    /// The container of the proxy, if the template has it: of a native sidecar it is an init container.
    pub fn proxy(self) -> Option<&'static str> {
        let spec = self.pod_spec();
        let has = |list: &str| {
            let its = |it: &Node| it.word("name").is_some_and(|it| it == "istio-proxy");
            let image = |it: &Node| it.word("image").is_some_and(|it| !it.is_empty());
            spec.list(list).iter().any(|it| its(it) && image(it))
        };
        ["containers", "initContainers"].into_iter().find(|it| has(it))
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::{Cluster, Workload};

    #[test]
    fn a_pod_has_a_proxy_if_it_or_its_namespace_says_so() {
        let pod = |metadata: &str, spec: &str| {
            let text = format!(
                "
{{ apiVersion: v1, kind: Pod, metadata: {{ name: p, namespace: shop, {metadata} }}, spec: {{ {spec} }} }}
---
{{ apiVersion: v1, kind: Namespace, metadata: {{ name: shop, labels: {{ istio-injection: enabled }} }} }}
"
            );
            let cluster = Cluster::parse(&text);
            Workload::of(&cluster.objects()[0]).unwrap().is_in_mesh(&cluster)
        };
        assert!(pod("", ""));
        assert!(!pod("labels: { sidecar.istio.io/inject: 'false' }", ""));
        assert!(!pod("annotations: { sidecar.istio.io/inject: 'false' }", ""));
        assert!(pod(
            "annotations: { sidecar.istio.io/inject: 'false' }",
            "containers: [{ name: istio-proxy, image: x }]"
        ));
    }

    #[test]
    fn a_namespace_is_ambient_unless_it_asks_for_sidecars() {
        let is = |labels: &str| {
            let text = format!(
                "{{ apiVersion: v1, kind: Namespace, metadata: {{ name: a, labels: {{ {labels} }} }} }}"
            );
            Cluster::parse(&text).is_ambient("a")
        };
        assert!(is("istio.io/dataplane-mode: ambient"));
        assert!(!is("istio.io/dataplane-mode: ambient, istio-injection: enabled"));
        assert!(!is("istio.io/dataplane-mode: none") && !is(""));
    }
}
