//! Routes that ask for claims are for gateways that read tokens.
//!
//! Source: `JWTClaimRouteAnalyzer` of istioctl, which counts pods.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::header::is_claim;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::{STOCK_NAMESPACE, is_stock_label};
use crate::mesh::object::NOTHING;
use crate::mesh::{Cluster, Object};
use crate::source::Text;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3242",
    name: "claim-without-token",
    severity: Severity::Error,
    equivalents: &["IST0149"],
    why: "Without a RequestAuthentication for the pods of the Gateway nobody reads the token: no request has the claim.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [edge], http: [{ match: [{ headers: { \"@request.auth.claims.group\": { exact: admin } } }], route: [{ destination: { host: web } }] }] } #~
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [edge], http: [{ match: [{ headers: { \"@request.auth.claims.group\": { exact: admin } } }], route: [{ destination: { host: web } }] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: istio-system }
spec: { selector: { matchLabels: { istio: ingressgateway } }, jwtRules: [{ issuer: \"https://id.example.com\" }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let readers = Readers::of(cluster);
    let mut blind: BTreeMap<usize, usize> = BTreeMap::new();
    for virtual_service in cluster.of(Sort::VirtualService) {
        let Some(claim) = claim(virtual_service) else { continue };
        for reference in virtual_service.spec().list("gateways") {
            let Some(name) = reference.text().filter(|it| *it != "mesh") else { continue };
            let gateway =
                cluster.gateway(name, virtual_service.namespace()).filter(|it| it.is(Sort::Gateway));
            let Some(gateway) = gateway else { continue };
            let pods = *blind.entry(gateway.id).or_insert_with(|| readers.missed_by(cluster, gateway));
            for _ in 0..pods {
                let message =
                    format!("no pod of the Gateway `{name}` reads tokens, and the route asks for `{claim}`");
                let finding = findings.on(virtual_service, claim.span, message);
                let finding = finding.related(reference.span, "the Gateway");
                findings.push(finding.help("add a RequestAuthentication with the selector of the Gateway"));
            }
        }
    }
}

/// The first claim that a route asks for.
fn claim(virtual_service: &Object) -> Option<&Text> {
    let routes = virtual_service.spec().list("http").iter().flat_map(|it| it.list("match"));
    let headers = routes.flat_map(|it| it.pairs("headers").iter().chain(it.pairs("withoutHeaders")));
    headers.map(|it| &it.key).find(|it| is_claim(it))
}

/// What reads tokens, by namespace.
struct Readers<'m>(BTreeMap<&'m str, Vec<&'m Node>>);

impl<'m> Readers<'m> {
    fn of(cluster: &'m Cluster) -> Self {
        let mut this = Self(BTreeMap::new());
        for reader in cluster.of(Sort::RequestAuthentication) {
            let selector = reader.spec().get("selector").unwrap_or(&NOTHING);
            this.0.entry(reader.namespace()).or_default().push(selector);
        }
        this
    }

    /// How many pods of a Gateway no RequestAuthentication is for.
    fn missed_by(&self, cluster: &Cluster, gateway: &Object) -> usize {
        let pods = cluster.gateway_pods(gateway.spec().pairs("selector"));
        let missed = pods.workloads.iter().filter(|pod| {
            let own = pod.object.namespace();
            let mut all = self.over(own);
            !all.any(|it| pod.carries(it.pairs("matchLabels")))
        });
        let stock = pods.has_stock
            && !self.over(STOCK_NAMESPACE).any(|it| it.pairs("matchLabels").iter().all(is_stock_label));
        missed.count() + usize::from(stock)
    }

    fn over(&self, namespace: &str) -> impl Iterator<Item = &&'m Node> {
        let root = self.0.get("istio-system").into_iter().flatten();
        let own = self.0.get(namespace).filter(|_| namespace != "istio-system");
        root.chain(own.into_iter().flatten())
    }
}
