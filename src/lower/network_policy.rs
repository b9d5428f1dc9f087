//! With `networkPolicy: true` every workload gets a NetworkPolicy: the rules once more, at the level of packets.
//!
//! Packets meet the proxy's port redirection after the policy, so ports are those that containers listen on, and what
//! the mesh itself needs is let through: scrapers, probes, DNS, the control plane, collectors of telemetry.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ecow::EcoVec;

use crate::kube::network_policy::{EgressRule, IngressRule, NetworkPolicySpec, NetworkPort, Peer};
use crate::kube::{LabelSelector, Labels, Manifest, NetworkPolicy};
use crate::lower::Context;
use crate::lower::context::wave;
use crate::lower::network_needs::{self, tcp};
use crate::lower::reach::{self, Callees, Reach};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::units::Port;
use crate::source::{Str, Text};

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
    let clients = cx.profile.client_refs().map(|it| policies.policy(it.namespace(), it.name(), Vec::new()));
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
        self.policy(service.namespace(), service.name(), calls.into_iter().collect())
    }

    fn policy(&self, namespace: &'s Text, app: &'s Text, mut ingress: Vec<IngressRule>) -> Manifest {
        ingress.extend(self.ingress.iter().cloned());
        let mut egress = self.egress.clone();
        if let Some(egress) = &mut egress {
            match self.reach.callees(namespace, app) {
                Callees::All => egress.extend(self.to_all.clone()),
                Callees::Only(services) => egress.extend(services.into_values().filter_map(to_service)),
            }
        }
        let spec = NetworkPolicySpec {
            pod_selector: with_app(&app.value),
            policy_types: if egress.is_some() { &["Ingress", "Egress"] } else { &["Ingress"] },
            ingress,
            egress: egress.unwrap_or_default(),
        };
        let metadata = self.cx.metadata(app.clone(), namespace, self.cx.labels(app));
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

fn peer(profile: &Profile, peer: &reach::Peer) -> Peer {
    let (namespace, pods) = match peer {
        reach::Peer::Namespace(namespace) => return in_namespace(namespace),
        reach::Peer::Pods(namespace, app) => (namespace, with_app(app)),
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
    let pods = Peer { pod_selector: Some(with_app(service.name())), ..in_namespace(service.namespace()) };
    (!ports.is_empty()).then(|| EgressRule { to: Some([pods].into()), ports })
}

/// The namespaces of all services and every port that one of them listens on: a short rule instead of thousands.
fn to_all(profile: &Profile) -> Option<EgressRule> {
    let namespaces: BTreeSet<&Text> = profile.service_refs().map(|it| it.namespace()).collect();
    let targets = profile.services.values().flat_map(|it| it.ports.values()).map(|it| it.target().value);
    let ports = ports(targets);
    let to = namespaces.into_iter().map(|it| in_namespace(it)).collect();
    (!ports.is_empty()).then_some(EgressRule { to: Some(to), ports })
}
