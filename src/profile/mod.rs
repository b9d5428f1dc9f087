//! The language that users write: plain structs, nothing missing, every leaf with its place.
//!
//! `profiles/base.yaml` supplies every default, so an `Option` here is a fact of the world (no mirror), never "not
//! said". The field names are a contract, spelt alike here (in snake case), in YAML, JSON and the documentation.

pub mod action;
pub mod balance;
pub mod capacity;
pub mod delivery;
pub mod effective_mtls;
pub mod expect;
pub mod lookup;
pub mod observability;
pub mod outside;
pub mod raw;
pub mod rollout;
pub mod schema;
pub mod security;
pub mod service;
pub mod settings;
pub mod smoke;
pub mod telemetry;
pub mod traffic;
pub mod workload;

use std::sync::Arc;

use schemars::JsonSchema;

use crate::source::{Spanned, Text};
use crate::yaml::{Named, Node, record};

pub use capacity::NamespaceLimits;
pub use delivery::{Delivery, PolicyReview};
pub use expect::Expectation;
pub use observability::Observability;
pub use outside::{Caller, Egress, External, Gateway};
pub use raw::Patch;
pub use rollout::Rollout;
pub use security::{Authz, JwtIssuer, Mtls, MtlsMode};
pub use service::Service;
pub use settings::Mesh;
pub use smoke::Load;
pub use telemetry::Telemetry;
pub use workload::{Client, Version};

/// One scenario: the services of a mesh, where their requests go, who may call whom.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The namespace of everything that does not say another.
    pub namespace: Text,
    /// The mesh that the bundle is for.
    pub mesh: Mesh,
    /// What is called: each service has one or more versions and the routes to them.
    pub services: Named<Arc<Service>>,
    /// Workloads that only call.
    pub clients: Named<Client>,
    /// Identities outside the bundle that rules may name.
    pub callers: Named<Caller>,
    /// Services outside the mesh, each a ServiceEntry.
    pub external: Named<External>,
    /// What workloads may call, as Sidecar objects; absent: everything.
    pub egress: Option<Egress>,
    /// The way in from outside; absent: there is none.
    pub gateway: Option<Gateway>,
    /// How strictly mutual TLS is asked for.
    pub mtls: Mtls,
    /// Who may call what.
    pub authz: Authz,
    /// Issuers whose tokens are checked, each a RequestAuthentication.
    pub jwt: Named<JwtIssuer>,
    /// Whether NetworkPolicy objects back the rules up at the level of packets.
    pub network_policy: Spanned<bool>,
    /// When somebody looks the security rules through again.
    pub policy_review: Option<PolicyReview>,
    /// Limits of every namespace of the profile.
    pub namespace_limits: Option<NamespaceLimits>,
    /// Load on services, to be started by hand.
    pub load: Named<Load>,
    /// Access logs and tracing.
    pub telemetry: Option<Telemetry>,
    /// Metrics, alerts and dashboards.
    pub observability: Option<Observability>,
    /// Automatic rollout and rollback.
    pub rollout: Option<Rollout>,
    /// How the bundle gets to the cluster.
    pub delivery: Delivery,
    /// Manifests of the user's own, checked and carried along.
    pub raw: Named<Node>,
    /// Changes to emitted objects that the language has no word for.
    pub patches: Named<Patch>,
    /// What the rendered YAML must do.
    pub expect: Named<Expectation>,
}

record!(Profile "a profile" {
    namespace, mesh, services, clients, callers, external, egress, gateway, mtls, authz, jwt, network_policy,
    policy_review, namespace_limits, load, telemetry, observability, rollout, delivery, raw, patches, expect,
});
