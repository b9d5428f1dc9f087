//! With `networkPolicy: true` every workload gets a NetworkPolicy: the rules once more, at the level of packets.
//!
//! Packets meet the proxy's port redirection after the policy, so ports are those that containers listen on, and what
//! the mesh itself needs is let through: scrapers, probes, DNS, the control plane, collectors of telemetry.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ecow::EcoVec;

use crate::kube::security::network_policy::{EgressRule, IngressRule, NetworkPolicySpec, NetworkPort, Peer};
use crate::kube::wave;
use crate::kube::{LabelSelector, Labels, Manifest, NetworkPolicy};
use crate::lower::Context;
use crate::lower::security::network_needs::{self, tcp};
use crate::lower::security::reach::{self, Callees, Reach};
use crate::lower::security::scope;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::source::{Str, Text};
use crate::units::Port;

/// One policy for all versions of a service, one for each client. Health checks of the kubelet need no rule: Kubernetes
/// lets a node reach its own pods. Egress is left alone where the profile says that any call passes.
pub fn network_policies(cx: &Context<'_>) -> Vec<Manifest> {
    if !cx.profile.network_policy.value {
        return Vec::new();
    }
    let policies = Policies {
        cx,
        reach: Reach::of(cx.profile),
        ingress: network_needs::ingress(cx),
        egress: network_needs::egress(cx),
        to_all: to_all(cx.profile),
    };
    let services = cx.profile.service_refs().map(|it| policies.service(it));
    let clients =
        cx.profile.client_refs().map(|it| (it.namespace(), it.name(), with_app(&it.name().value))).map(
            |(namespace, app, pods)| {
                policies.policy((namespace, app), pods, cx.client_labels(app), Vec::new())
            },
        );
    services.chain(clients).collect()
}

struct Policies<'c, 's> {
    cx: &'c Context<'s>,
    reach: Reach<'s>,
    /// What every pod must take.
    ingress: Vec<IngressRule>,
    /// What every pod must be able to open; `None`: anything.
    egress: Option<Vec<EgressRule>>,
    /// To every service of the profile.
    to_all: Option<EgressRule>,
}

impl<'s> Policies<'_, 's> {
    fn service(&self, service: ServiceRef<'s>) -> Manifest {
        let ports = targets(service);
        let peers = self.reach.callers(service);
        let from = peers.map(|it| it.iter().map(|it| peer(self.cx.profile, it)).collect::<EcoVec<_>>());
        // An empty list would not be nobody, but anybody.
        let nobody = ports.is_empty() || from.as_ref().is_some_and(EcoVec::is_empty);
        let calls = (!nobody).then_some(IngressRule { from, ports });
        let labels = self.cx.labels(service.name());
        let workload = (service.namespace(), service.name());
        self.policy(workload, scope::pods_of(service), labels, calls.into_iter().collect())
    }

    fn policy(
        &self,
        (namespace, app): (&'s Text, &'s Text),
        pod_selector: LabelSelector,
        labels: Labels,
        mut ingress: Vec<IngressRule>,
    ) -> Manifest {
        ingress.extend(self.ingress.iter().cloned());
        let mut egress = self.egress.clone();
        if let Some(egress) = &mut egress {
            match self.reach.callees(namespace, app) {
                Callees::All => egress.extend(self.to_all.clone()),
                Callees::Only(services) => egress.extend(services.into_values().filter_map(to_service)),
            }
        }
        let spec = NetworkPolicySpec {
            pod_selector,
            policy_types: if egress.is_some() { &["Ingress", "Egress"] } else { &["Ingress"] },
            ingress,
            egress: egress.unwrap_or_default(),
        };
        let metadata = self.cx.metadata(app.clone(), namespace, labels);
        self.cx.core("networking.k8s.io/v1", wave::BEFORE_PODS, NetworkPolicy { metadata, spec })
    }
}

/// Every pod of a namespace.
pub fn in_namespace(name: &Str) -> Peer {
    let label = (Cow::Borrowed("kubernetes.io/metadata.name"), name.clone());
    Peer { namespace_selector: LabelSelector { match_labels: Labels::of([label]) }, pod_selector: None }
}

fn with_app(app: &Str) -> LabelSelector {
    LabelSelector { match_labels: Labels::of([(Cow::Borrowed("app"), app.clone())]) }
}

fn with_name(name: &Str) -> LabelSelector {
    let label = scope::label(&Text::made(name.clone()), Some(Engine::Flagger));
    LabelSelector { match_labels: Labels::of([label]) }
}

fn peer(profile: &Profile, peer: &reach::Peer) -> Peer {
    let (namespace, pods) = match peer {
        reach::Peer::Namespace(namespace) => return in_namespace(namespace),
        reach::Peer::Pods(namespace, app) => (namespace, with_app(app)),
        reach::Peer::Released(namespace, app) => (namespace, with_name(app)),
        reach::Peer::Gateway => {
            let gateway = &profile.mesh.gateway;
            let labels =
                gateway.selector.iter().map(|(key, value)| (key.to_string().into(), value.value.clone()));
            (&gateway.namespace.value, LabelSelector { match_labels: Labels::of(labels) })
        }
    };
    Peer { pod_selector: Some(pods), ..in_namespace(namespace) }
}

fn targets(service: ServiceRef<'_>) -> EcoVec<NetworkPort> {
    ports(service.service.ports.values().map(|it| it.target().value))
}

fn ports(numbers: impl Iterator<Item = Port>) -> EcoVec<NetworkPort> {
    numbers.collect::<BTreeSet<_>>().into_iter().map(tcp).collect()
}

/// `None` for a service without ports, which nobody can call: no ports would mean all of them.
fn to_service(service: ServiceRef<'_>) -> Option<EgressRule> {
    let ports = targets(service);
    let pods = Peer { pod_selector: Some(scope::pods_of(service)), ..in_namespace(service.namespace()) };
    (!ports.is_empty()).then(|| EgressRule { to: Some([pods].into()), ports })
}

/// The namespaces of all services and every port that one of them listens on: a short rule instead of thousands.
fn to_all(profile: &Profile) -> Option<EgressRule> {
    let namespaces: BTreeSet<&Text> = profile.service_refs().map(ServiceRef::namespace).collect();
    let targets = profile.services.values().flat_map(|it| it.ports.values()).map(|it| it.target().value);
    let ports = ports(targets);
    let to = namespaces.into_iter().map(|it| in_namespace(it)).collect();
    (!ports.is_empty()).then_some(EgressRule { to: Some(to), ports })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const MESH: &str = "
networkPolicy: true
services:
  shop: { versions: { v1: {} } }
  stock: { namespace: back, ports: { http: { number: 80, target: 9090 } }, versions: { v1: {}, v2: {} }, routes: { all: { split: { v1: 100 } } } }
clients: { curl: {} }
callers: { batch: { namespace: jobs, serviceAccount: batch } }
external: { pay: { hosts: pay.example.com, ports: { https: { number: 443, protocol: https } } } }
gateway: { hosts: { shop.example.com: shop }, http: 80 }
observability: { prometheus: { namespace: monitoring } }
";

    const RULES: &str = "
authz:
  default: deny
  allow: { shop: { from: [curl, batch], to: shop }, stock: { from: shop, to: stock } }
";

    fn policy(more: &str, name: &str) -> String {
        object(&format!("{MESH}{more}"), "NetworkPolicy", name)
    }

    /// The peers of all rules about a port, as `namespace` or `namespace/app`; `*` is anybody.
    fn peers(text: &str, direction: &str, port: u16) -> Vec<String> {
        let policy: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let none = Vec::new();
        let rules = policy["spec"][direction].as_array().unwrap_or(&none);
        let about = |rule: &&serde_json::Value| {
            rule["ports"].as_array().is_some_and(|ports| ports.iter().any(|it| it["port"] == port))
        };
        let side = if direction == "ingress" { "from" } else { "to" };
        let peers = rules.iter().filter(about).flat_map(|rule| match rule[side].as_array() {
            Some(peers) => peers.iter().map(peer).collect(),
            None => vec!["*".to_owned()],
        });
        peers.collect()
    }

    fn peer(it: &serde_json::Value) -> String {
        let labels = &it["namespaceSelector"]["matchLabels"];
        let namespace = labels["kubernetes.io/metadata.name"].as_str().unwrap_or("any");
        let pods = it["podSelector"]["matchLabels"].as_object().into_iter().flat_map(|it| it.values());
        pods.fold(namespace.to_owned(), |all, it| format!("{all}/{}", it.as_str().unwrap_or_default()))
    }

    #[test]
    fn a_workload_meets_its_declared_callers_on_the_containers_ports() {
        assert_eq!(policy(RULES, "stock"), include_str!("../examples/network_policy.yaml"));
    }

    #[test]
    fn every_workload_has_one_policy_if_they_are_asked_for() {
        assert_eq!(names(MESH, "NetworkPolicy"), ["back/stock", "demo/curl", "demo/shop"]);
        assert!(names("services: { a: { versions: { v1: {} } } }", "NetworkPolicy").is_empty());
    }

    #[test]
    fn the_gateway_reaches_what_it_exposes() {
        let expected = ["istio-system/ingressgateway", "jobs", "demo/curl"];
        assert_eq!(peers(&policy(RULES, "shop"), "ingress", 8080), expected);
    }

    #[test]
    fn without_rules_the_namespaces_of_the_profile_and_its_callers_may_call() {
        assert_eq!(peers(&policy("", "stock"), "ingress", 9090), ["back", "demo", "jobs"]);
        assert_eq!(peers(&policy("", "curl"), "egress", 9090), ["back", "demo"]);
    }

    #[test]
    fn a_rule_closes_its_service_even_where_the_default_is_to_allow() {
        let more = "authz: { allow: { stock: { from: shop, to: stock } } }";
        assert_eq!(peers(&policy(more, "stock"), "ingress", 9090), ["demo/shop"]);
        assert_eq!(peers(&policy(more, "shop"), "ingress", 8080)[1..], ["back", "demo", "jobs"]);
    }

    #[test]
    fn what_is_only_tried_out_keeps_nobody_out() {
        let more = "authz: { default: deny, dryRun: true, allow: { stock: { from: shop, to: stock } } }";
        assert_eq!(peers(&policy(more, "stock"), "ingress", 9090), ["back", "demo", "jobs"]);
    }

    #[test]
    fn a_source_that_no_packet_can_show_is_anybody() {
        let from = |facts: &str| {
            let more =
                format!("authz: {{ default: deny, allow: {{ a: {{ from: [{facts}], to: stock }} }} }}");
            peers(&policy(&more, "stock"), "ingress", 9090)
        };
        assert_eq!(from("{ requestPrincipals: ['*'] }"), ["*"]);
        assert_eq!(from("{ principals: ['*/sa/shop'] }"), ["*"]);
        assert_eq!(from("{ principals: [cluster.local/ns/demo/sa/shop] }"), ["demo/shop"]);
        assert_eq!(from("{ serviceAccounts: [jobs/batch] }, { namespaces: [web] }"), ["jobs", "web"]);
    }

    #[test]
    fn a_service_without_callers_takes_nothing_on_its_ports() {
        let text = policy("authz: { default: deny }", "stock");
        assert_eq!(peers(&text, "ingress", 9090), Vec::<String>::new());
        assert_eq!(peers(&text, "ingress", 15021), ["*"]);
    }

    #[test]
    fn what_the_mesh_needs_passes() {
        let text = policy("authz: { default: deny }", "curl");
        for (port, to) in [(53, "kube-system"), (15012, "istio-system"), (4317, "istio-system"), (443, "*")] {
            assert_eq!(peers(&text, "egress", port), [to], "{port}");
        }
        assert_eq!(peers(&text, "ingress", 15020), ["monitoring"]);
    }

    #[test]
    fn where_any_call_passes_egress_is_left_alone() {
        let text = policy("egress: allow-any", "curl");
        assert!(text.contains("policyTypes:\n  - Ingress\n  ingress:"), "{text}");
    }
}
