//! The image of the proxy that an injector gives to pods.
//!
//! Source: `pkg/config/analysis/analyzers/injection/injection-image.go` and `util/proxyconfig.go`.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::lint::base::embedded::embedded;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// The image that the values of an injector name.
pub fn image_of(values: &Node) -> String {
    let word = |path: &[&str]| values.at(path).and_then(Node::text).map_or("", Str::as_str);
    let image = word(&["global", "proxy", "image"]);
    if image.contains('/') {
        return image.to_owned();
    }
    format!("{}/{image}:{}", word(&["global", "hub"]), word(&["global", "tag"]))
}

/// Who says of which variant (`distroless`) the image is: of mesh, namespace and pod, the nearest.
pub struct Variants<'m> {
    mesh: Option<&'m Str>,
    namespaces: BTreeMap<&'m str, &'m Object>,
    selecting: Vec<&'m Object>,
}

impl<'m> Variants<'m> {
    /// What the configuration of the mesh and the objects of kind ProxyConfig say.
    pub fn of(cluster: &'m Cluster) -> Self {
        let mut this = Self {
            mesh: cluster.config.node.get("defaultConfig").and_then(of_config),
            namespaces: BTreeMap::new(),
            selecting: Vec::new(),
        };
        for config in cluster.of(Sort::ProxyConfig) {
            if config.namespace() == cluster.config.root_namespace() {
                this.mesh = of_config(config.spec()).or(this.mesh);
            } else if config.spec().has("selector") {
                this.selecting.push(config);
            } else {
                this.namespaces.insert(config.namespace(), config);
            }
        }
        this
    }

    /// The variant of a pod; empty for the default one.
    pub fn of_pod(&self, pod: Workload<'_>) -> String {
        let namespace = pod.object.namespace();
        let mut found = self.mesh.cloned();
        let of_namespace = self.namespaces.get(namespace).and_then(|it| of_config(it.spec()));
        found = of_namespace.cloned().or(found);
        for config in self.selecting.iter().filter(|it| it.namespace() == namespace) {
            let labels = config.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
            if pod.carries(labels) {
                found = of_config(config.spec()).cloned().or(found);
            }
        }
        let own = pod.annotation("proxy.istio.io/config").and_then(|it| embedded(it));
        found = own.as_ref().and_then(of_config).cloned().or(found);
        found.filter(|it| it != "default").map_or_else(String::new, Into::into)
    }
}

fn of_config(config: &Node) -> Option<&Str> {
    config.get("image")?.word("imageType").filter(|it| !it.is_empty())
}
