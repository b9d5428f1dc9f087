//! The kinds that somebody asks about by name: of Kubernetes, of Istio, of the Gateway API, of engines.

/// A kind of any API, whatever its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the kinds")]
pub enum Sort {
    Namespace,
    Service,
    ServiceAccount,
    Secret,
    ConfigMap,
    Endpoints,
    EndpointSlice,
    Pod,
    ReplicationController,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    Job,
    CronJob,
    Ingress,
    NetworkPolicy,
    PodDisruptionBudget,
    HorizontalPodAutoscaler,
    CustomResourceDefinition,
    MutatingWebhookConfiguration,
    ValidatingWebhookConfiguration,
    VirtualService,
    DestinationRule,
    Gateway,
    ServiceEntry,
    Sidecar,
    WorkloadEntry,
    WorkloadGroup,
    ProxyConfig,
    EnvoyFilter,
    PeerAuthentication,
    RequestAuthentication,
    AuthorizationPolicy,
    Telemetry,
    WasmPlugin,
    TrafficExtension,
    IstioOperator,
    /// `Gateway` of the Gateway API.
    KubernetesGateway,
    GatewayClass,
    HttpRoute,
    GrpcRoute,
    TlsRoute,
    TcpRoute,
    UdpRoute,
    ReferenceGrant,
    BackendTlsPolicy,
    ListenerSet,
    /// Of Argo Rollouts.
    Rollout,
    /// Of Flagger.
    Canary,
}

const GATEWAY_API: &str = "gateway.networking.k8s.io";

/// Kind, group and the name here, in the order of the names.
const SORTS: &[(&str, &str, Sort)] = &[
    ("Namespace", "", Sort::Namespace),
    ("Service", "", Sort::Service),
    ("ServiceAccount", "", Sort::ServiceAccount),
    ("Secret", "", Sort::Secret),
    ("ConfigMap", "", Sort::ConfigMap),
    ("Endpoints", "", Sort::Endpoints),
    ("EndpointSlice", "discovery.k8s.io", Sort::EndpointSlice),
    ("Pod", "", Sort::Pod),
    ("ReplicationController", "", Sort::ReplicationController),
    ("Deployment", "apps", Sort::Deployment),
    ("StatefulSet", "apps", Sort::StatefulSet),
    ("DaemonSet", "apps", Sort::DaemonSet),
    ("ReplicaSet", "apps", Sort::ReplicaSet),
    ("Job", "batch", Sort::Job),
    ("CronJob", "batch", Sort::CronJob),
    ("Ingress", "networking.k8s.io", Sort::Ingress),
    ("NetworkPolicy", "networking.k8s.io", Sort::NetworkPolicy),
    ("PodDisruptionBudget", "policy", Sort::PodDisruptionBudget),
    ("HorizontalPodAutoscaler", "autoscaling", Sort::HorizontalPodAutoscaler),
    ("CustomResourceDefinition", "apiextensions.k8s.io", Sort::CustomResourceDefinition),
    ("MutatingWebhookConfiguration", "admissionregistration.k8s.io", Sort::MutatingWebhookConfiguration),
    ("ValidatingWebhookConfiguration", "admissionregistration.k8s.io", Sort::ValidatingWebhookConfiguration),
    ("VirtualService", "networking.istio.io", Sort::VirtualService),
    ("DestinationRule", "networking.istio.io", Sort::DestinationRule),
    ("Gateway", "networking.istio.io", Sort::Gateway),
    ("ServiceEntry", "networking.istio.io", Sort::ServiceEntry),
    ("Sidecar", "networking.istio.io", Sort::Sidecar),
    ("WorkloadEntry", "networking.istio.io", Sort::WorkloadEntry),
    ("WorkloadGroup", "networking.istio.io", Sort::WorkloadGroup),
    ("ProxyConfig", "networking.istio.io", Sort::ProxyConfig),
    ("EnvoyFilter", "networking.istio.io", Sort::EnvoyFilter),
    ("PeerAuthentication", "security.istio.io", Sort::PeerAuthentication),
    ("RequestAuthentication", "security.istio.io", Sort::RequestAuthentication),
    ("AuthorizationPolicy", "security.istio.io", Sort::AuthorizationPolicy),
    ("Telemetry", "telemetry.istio.io", Sort::Telemetry),
    ("WasmPlugin", "extensions.istio.io", Sort::WasmPlugin),
    ("TrafficExtension", "extensions.istio.io", Sort::TrafficExtension),
    ("IstioOperator", "install.istio.io", Sort::IstioOperator),
    ("Gateway", GATEWAY_API, Sort::KubernetesGateway),
    ("GatewayClass", GATEWAY_API, Sort::GatewayClass),
    ("HTTPRoute", GATEWAY_API, Sort::HttpRoute),
    ("GRPCRoute", GATEWAY_API, Sort::GrpcRoute),
    ("TLSRoute", GATEWAY_API, Sort::TlsRoute),
    ("TCPRoute", GATEWAY_API, Sort::TcpRoute),
    ("UDPRoute", GATEWAY_API, Sort::UdpRoute),
    ("ReferenceGrant", GATEWAY_API, Sort::ReferenceGrant),
    ("BackendTLSPolicy", GATEWAY_API, Sort::BackendTlsPolicy),
    ("ListenerSet", GATEWAY_API, Sort::ListenerSet),
    ("Rollout", "argoproj.io", Sort::Rollout),
    ("Canary", "flagger.app", Sort::Canary),
];

impl Sort {
    /// How many there are.
    pub const COUNT: usize = SORTS.len();

    /// The kind of this name and group; `None` for kinds that nobody asks about.
    pub fn of(group: &str, kind: &str) -> Option<Self> {
        SORTS.iter().find(|it| it.0 == kind && it.1 == group).map(|it| it.2)
    }

    /// Its name, as in `kind: VirtualService`.
    pub fn kind(self) -> &'static str {
        SORTS[self as usize].0
    }

    /// Its group; empty for the core group.
    pub fn group(self) -> &'static str {
        SORTS[self as usize].1
    }
}

/// Kinds that make pods.
pub const WORKLOADS: &[Sort] = &[
    Sort::Pod,
    Sort::ReplicationController,
    Sort::Deployment,
    Sort::StatefulSet,
    Sort::DaemonSet,
    Sort::ReplicaSet,
    Sort::Job,
    Sort::CronJob,
    Sort::Rollout,
];

#[cfg(test)]
mod tests {
    use super::{SORTS, Sort};

    #[test]
    fn the_table_has_the_order_of_the_names() {
        for (index, (kind, group, sort)) in SORTS.iter().enumerate() {
            assert_eq!(*sort as usize, index, "{kind}");
            assert_eq!(Sort::of(group, kind), Some(*sort));
        }
    }
}
