//! The wire types: Kubernetes and Istio objects, as small as truth allows, in the order that people write them.

pub mod labels;
pub mod pairs;
pub mod place;
pub mod shape;
pub mod sort;
pub mod wave;

/// What runs without a mesh.
pub mod base {
    pub mod config_map;
    pub mod container;
    pub mod deployment;
    pub mod horizontal_pod_autoscaler;
    pub mod job;
    pub mod limits;
    pub mod namespace;
    pub mod pod;
    pub mod pod_disruption_budget;
    pub mod probe;
    pub mod service;
    pub mod service_account;
}

/// Where requests go.
pub mod traffic {
    pub mod destination_rule;
    pub mod gateway;
    pub mod http_match;
    pub mod http_route;
    pub mod service_entry;
    pub mod sidecar;
    pub mod virtual_service;
}

/// Who may call whom.
pub mod security {
    pub mod authorization_policy;
    pub mod network_policy;
    pub mod peer_authentication;
    pub mod request_authentication;
}

/// How it is watched.
pub mod observability {
    pub mod alertmanager_config;
    pub mod dashboard;
    pub mod grafana;
    pub mod pod_monitor;
    pub mod probe;
    pub mod prometheus_rule;
    pub mod telemetry;
}

/// How it is rolled out.
pub mod rollout {
    pub mod analysis_template;
    pub mod canary;
    pub mod metric_template;
    pub mod ownership;
    #[expect(clippy::module_inception, reason = "the kind has the name of its layer")]
    pub mod rollout;
}

/// What hands a mesh over to Argo CD or Flux. None of it is ever in a mesh, so none of it is a line of `kinds!`.
pub mod gitops {
    pub mod app_project;
    pub mod application;
    pub mod application_set;
    pub mod document;
    pub mod git_repository;
    pub mod kustomization;
    pub mod oci_repository;
}

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diag::Diagnostics;
use crate::source::{Spanned, Str, Text};
use crate::yaml::Node;

pub use base::config_map::ConfigMap;
pub use base::deployment::Deployment;
pub use base::horizontal_pod_autoscaler::HorizontalPodAutoscaler;
pub use base::job::{CronJob, Job};
pub use base::limits::{LimitRange, ResourceQuota};
pub use base::namespace::Namespace;
pub use base::pod_disruption_budget::PodDisruptionBudget;
pub use base::service::Service;
pub use base::service_account::ServiceAccount;
pub use labels::{LabelSelector, Labels};
pub use observability::alertmanager_config::AlertmanagerConfig;
pub use observability::dashboard::Dashboard;
pub use observability::pod_monitor::PodMonitor;
pub use observability::probe::Probe;
pub use observability::prometheus_rule::PrometheusRule;
pub use observability::telemetry::Telemetry;
pub use rollout::analysis_template::AnalysisTemplate;
pub use rollout::canary::Canary;
pub use rollout::metric_template::MetricTemplate;
pub use rollout::rollout::Rollout;
pub use security::authorization_policy::AuthorizationPolicy;
pub use security::network_policy::NetworkPolicy;
pub use security::peer_authentication::PeerAuthentication;
pub use security::request_authentication::RequestAuthentication;
pub use sort::Sort;
pub use traffic::destination_rule::DestinationRule;
pub use traffic::gateway::Gateway;
pub use traffic::service_entry::ServiceEntry;
pub use traffic::sidecar::Sidecar;
pub use traffic::virtual_service::VirtualService;

/// Judges one document of anybody's manifests as the API server would, which reads it as Go does; `false` if we know no
/// such kind, which is no mistake.
pub fn judge(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) -> bool {
    shape::judge(api_version, kind, document, shape::Reading::Go, diags)
}

/// The folder that a kind belongs to, in every layout and every room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// What runs without a mesh.
    Base,
    /// Where requests go.
    Traffic,
    /// Who may call whom.
    Security,
    /// How it is watched.
    Observability,
    /// How it is rolled out.
    Rollout,
}

impl Layer {
    /// The folder's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Traffic => "traffic",
            Self::Security => "security",
            Self::Observability => "observability",
            Self::Rollout => "rollout",
        }
    }
}

/// What every object says of itself.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Its name.
    pub name: Text,
    /// Its namespace; `None` for cluster-wide kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<Text>,
    /// Its labels.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    /// Its annotations.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub annotations: Labels,
}

/// A kind that we model: its wire name and what stands beside `metadata`.
pub trait Kind {
    /// As `VirtualService`.
    const KIND: &'static str;
    /// How many fields [`Kind::body`] writes at the most.
    const FIELDS: usize = 1;

    /// What every object says of itself.
    fn metadata(&self) -> &Metadata;

    /// The same, to be changed.
    fn metadata_mut(&mut self) -> &mut Metadata;

    /// Writes `spec`, `data` or whatever stands beside `metadata`.
    ///
    /// # Errors
    /// Those of the serializer.
    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error>;
}

/// One document of a mesh, and when it is applied.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Lower is earlier. A fact of the object, not of its kind: an ALLOW goes before a deny-all.
    pub wave: i8,
    rank: usize,
    /// As `networking.istio.io/v1`.
    pub api_version: &'static str,
    /// The object itself.
    pub resource: Resource,
}

/// An object that the language has no type for: a raw manifest, or one that was patched.
#[derive(Clone, Debug)]
pub struct Other {
    /// The whole document.
    pub node: Node,
    /// As `example.org/v1`.
    pub api_version: Str,
    /// Its kind.
    pub kind: Str,
    /// Its name.
    pub name: Text,
    /// Its namespace, if it has one.
    pub namespace: Option<Text>,
    /// The folder that it goes to.
    pub layer: Layer,
}

/// One line a kind: variant, type, API group, layer. The order of the lines is the order of application in a wave.
macro_rules! kinds {
    ($($kind:ident $group:literal $layer:ident;)*) => {
        /// A typed object, or any other.
        #[derive(Clone, Debug)]
        pub enum Resource {
            $(#[doc = concat!("A ", stringify!($kind), ".")] $kind(Box<$kind>),)*
            /// Anything else.
            Other(Box<Other>),
        }

        /// Every kind that we model: name, API group (empty for the core group), layer; in the order of application.
        pub const KINDS: &[(&str, &str, Layer)] = &[$(($kind::KIND, $group, Layer::$layer)),*];

        impl Resource {
            /// What the object says of itself, if it is of a kind that we model.
            pub fn metadata(&self) -> Option<&Metadata> {
                match self {
                    $(Self::$kind(it) => Some(it.metadata()),)*
                    Self::Other(_) => None,
                }
            }

            /// The same, to be changed, if it is of a kind that we model.
            pub fn metadata_mut(&mut self) -> Option<&mut Metadata> {
                match self {
                    $(Self::$kind(it) => Some(it.metadata_mut()),)*
                    Self::Other(_) => None,
                }
            }

            /// Its kind.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$kind(_) => $kind::KIND,)*
                    Self::Other(it) => &it.kind,
                }
            }

            /// Its name.
            pub fn name(&self) -> &Text {
                match self {
                    $(Self::$kind(it) => &it.metadata().name,)*
                    Self::Other(it) => &it.name,
                }
            }

            /// Its namespace, if it has one.
            pub fn namespace(&self) -> Option<&Text> {
                match self {
                    $(Self::$kind(it) => it.metadata().namespace.as_ref(),)*
                    Self::Other(it) => it.namespace.as_ref(),
                }
            }

            /// The folder that it goes to.
            pub fn layer(&self) -> Layer {
                match self {
                    $(Self::$kind(_) => Layer::$layer,)*
                    Self::Other(it) => it.layer,
                }
            }
        }

        $(impl From<$kind> for Resource {
            fn from(object: $kind) -> Self {
                Self::$kind(Box::new(object))
            }
        })*

        impl Serialize for Manifest {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match &self.resource {
                    $(Resource::$kind(it) => document(self.api_version, it.as_ref(), serializer),)*
                    Resource::Other(it) => it.node.serialize(serializer),
                }
            }
        }
    };
}

kinds! {
    Namespace "" Base;
    ResourceQuota "" Base;
    LimitRange "" Base;
    ServiceAccount "" Base;
    ConfigMap "" Base;
    NetworkPolicy "networking.k8s.io" Security;
    Service "" Base;
    DestinationRule "networking.istio.io" Traffic;
    ServiceEntry "networking.istio.io" Traffic;
    Sidecar "networking.istio.io" Traffic;
    PeerAuthentication "security.istio.io" Security;
    RequestAuthentication "security.istio.io" Security;
    AuthorizationPolicy "security.istio.io" Security;
    Telemetry "telemetry.istio.io" Observability;
    MetricTemplate "flagger.app" Rollout;
    AnalysisTemplate "argoproj.io" Rollout;
    Deployment "apps" Base;
    PodDisruptionBudget "policy" Base;
    HorizontalPodAutoscaler "autoscaling" Base;
    CronJob "batch" Base;
    Job "batch" Base;
    Gateway "networking.istio.io" Traffic;
    VirtualService "networking.istio.io" Traffic;
    PodMonitor "monitoring.coreos.com" Observability;
    Dashboard "" Observability;
    Canary "flagger.app" Rollout;
    Rollout "argoproj.io" Rollout;
    PrometheusRule "monitoring.coreos.com" Observability;
    AlertmanagerConfig "monitoring.coreos.com" Observability;
    Probe "monitoring.coreos.com" Observability;
}

impl Manifest {
    /// A document that is applied in `wave`.
    pub fn new(wave: i8, api_version: &'static str, resource: Resource) -> Self {
        let api = if let Resource::Other(it) = &resource { &it.api_version } else { api_version };
        let rank = rank(resource.kind(), group(api));
        Self { wave, rank, api_version, resource }
    }

    /// As `networking.istio.io/v1`.
    pub fn api_version(&self) -> &str {
        if let Resource::Other(it) = &self.resource { &it.api_version } else { self.api_version }
    }

    /// What manifests are sorted by: wave, place of the kind, namespace, name.
    pub fn order(&self) -> (i8, usize, &str, &str) {
        let namespace = self.resource.namespace().map_or("", |it| it.as_str());
        (self.wave, self.rank, namespace, self.resource.name())
    }
}

/// The place of a kind in the order of application; kinds that we do not model come last.
fn rank(kind: &str, group: &str) -> usize {
    KINDS.iter().position(|(it, its, _)| *it == kind && *its == group).unwrap_or(KINDS.len())
}

/// The group of an API version; empty for the core group.
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

fn document<K: Kind, S: Serializer>(api_version: &str, object: &K, serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_struct(K::KIND, 3 + K::FIELDS)?;
    out.serialize_field("apiVersion", api_version)?;
    out.serialize_field("kind", K::KIND)?;
    out.serialize_field("metadata", object.metadata())?;
    object.body(&mut out)?;
    out.end()
}

/// A word of ours, as a value that nobody wrote.
pub fn made(word: &str) -> Text {
    Spanned::made(word.into())
}
