//! Gateways: which one a VirtualService names, which pods stand behind one, which hosts it opens to whom.

use ecow::eco_format;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Entry;

/// The ports of the ingress gateway that every installation of Istio may have.
///
/// Source: `AddDefaultResources` of `istioctl analyze`, which adds it to whatever is read from files.
pub const STOCK_PORTS: [i64; 4] = [80, 443, 15443, 31400];

/// The namespace of that gateway.
pub const STOCK_NAMESPACE: &str = "istio-system";

/// The label of its pods.
const STOCK_LABEL: (&str, &str) = ("istio", "ingressgateway");

/// The pods that a Gateway is for.
#[derive(Clone, Debug)]
pub struct GatewayPods<'m> {
    /// Those of the manifests.
    pub workloads: Vec<Workload<'m>>,
    /// Whether those of the ingress gateway that comes with Istio are among them, in the manifests or not.
    pub has_stock: bool,
}

impl GatewayPods<'_> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.workloads.is_empty() && !self.has_stock
    }

    /// The namespaces that they are in.
    pub fn namespaces(&self) -> impl Iterator<Item = &str> {
        let own = self.workloads.iter().map(|it| it.object.namespace());
        own.chain(self.has_stock.then_some(STOCK_NAMESPACE))
    }
}

/// The namespace and the name of the Gateway that a VirtualService of `namespace` names: `a`, `ns/a`, `./a`, or the
/// old `a.ns.svc.cluster.local`.
///
/// Source: `resolveGatewayName` in `pilot/pkg/model/virtualservice.go`.
pub fn gateway_name<'r>(reference: &'r str, namespace: &'r str) -> (&'r str, &'r str) {
    if let Some((space, name)) = reference.split_once('/') {
        return (if space == "." { namespace } else { space }, name);
    }
    match reference.split_once('.') {
        Some((name, rest)) => (rest.split('.').next().unwrap_or(rest), name),
        None => (namespace, reference),
    }
}

/// Whether a label is the one of the ingress gateway that comes with Istio.
pub fn is_stock_label(label: &Entry) -> bool {
    label.key.value == STOCK_LABEL.0 && label.value.text().is_some_and(|it| it == STOCK_LABEL.1)
}

/// A selector as Kubernetes writes it: `a=b,c=d`, in the order of the keys.
pub fn selector_text(selector: &[Entry]) -> Str {
    let mut pairs: Vec<Str> = selector
        .iter()
        .map(|it| eco_format!("{}={}", it.key, it.value.text().map_or("", |it| it.as_str())))
        .collect();
    pairs.sort_unstable();
    pairs.join(",").into()
}

impl Cluster {
    /// The pods that a selector of a Gateway fits.
    pub fn gateway_pods<'m>(&'m self, selector: &'m [Entry]) -> GatewayPods<'m> {
        let workloads = self.pods(None, selector).collect();
        GatewayPods { workloads, has_stock: selector.iter().all(is_stock_label) }
    }

    /// The Gateway, of Istio or of the Gateway API, that a VirtualService of `namespace` names.
    pub fn gateway(&self, reference: &str, namespace: &str) -> Option<&Object> {
        let (namespace, name) = gateway_name(reference, namespace);
        self.named(Sort::Gateway, namespace, name)
            .or_else(|| self.named(Sort::KubernetesGateway, namespace, name))
    }
}

/// The hosts that a Gateway opens, each with the namespace whose routes may use it; `*` for all.
///
/// Source: `sanitizeServerHostNamespace`, which reads `./a` as the Gateway's own namespace.
pub fn gateway_hosts(gateway: &Object) -> impl Iterator<Item = (&str, &str)> {
    let own = gateway.namespace();
    let servers = gateway.spec().list("servers").iter().flat_map(|it| it.list("hosts"));
    let servers = servers.filter_map(|it| it.text()).map(move |it| match it.split_once('/') {
        Some((".", host)) => (own, host),
        Some((namespace, host)) => (namespace, host),
        None => ("*", it.as_str()),
    });
    let listeners = gateway.spec().list("listeners").iter();
    servers.chain(listeners.map(|it| ("*", it.said("hostname").map_or("*", Str::as_str))))
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;
    use crate::mesh::gateway::{gateway_hosts, gateway_name, selector_text};

    #[test]
    fn a_gateway_is_named_in_four_ways() {
        for name in ["b/a", "a.b", "a.b.svc.cluster.local", "a", "./a"] {
            assert_eq!(gateway_name(name, "b"), ("b", "a"), "{name}");
        }
    }

    #[test]
    fn a_gateway_opens_hosts_to_namespaces() {
        let cluster = Cluster::parse(
            "{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: g, namespace: n }, spec: { selector: { b: c, a: d }, servers: [{ hosts: [./a.b, '*/c.d', e/f.g, '*'] }] } }",
        );
        let gateway = &cluster.objects()[0];
        let hosts: Vec<_> = gateway_hosts(gateway).collect();
        assert_eq!(hosts, [("n", "a.b"), ("*", "c.d"), ("e", "f.g"), ("*", "*")]);
        assert_eq!(selector_text(gateway.spec().pairs("selector")), "a=d,b=c");
        assert!(cluster.gateway_pods(gateway.spec().pairs("selector")).is_empty());
        assert!(cluster.gateway_pods(&[]).has_stock);
    }
}
