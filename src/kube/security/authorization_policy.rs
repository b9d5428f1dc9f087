//! AuthorizationPolicy: who may call a workload, and with what.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};
use crate::source::Text;

/// An AuthorizationPolicy.
#[derive(Clone, Debug)]
pub struct AuthorizationPolicy {
    /// Name, namespace, labels; an annotation makes it a dry run.
    pub metadata: Metadata,
    /// What it says.
    pub spec: AuthorizationPolicySpec,
}

/// What an [`AuthorizationPolicy`] says. The empty one allows nothing.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationPolicySpec {
    /// The pods; `None`: every pod of the namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
    /// What happens to requests that a rule fits; `None`: they are let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// One of them must fit. None: no request ever fits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<AuthorizationRule>,
}

/// What happens to requests that a rule fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Action {
    /// They are let in, and all others are not.
    Allow,
    /// They are refused.
    Deny,
}

/// Requests: one source, one operation and every condition must fit; what is left out fits. The empty one fits all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AuthorizationRule {
    /// Who calls; one of several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<From>,
    /// What is asked; one of several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<To>,
    /// More conditions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<When>,
}

/// An entry of [`AuthorizationRule::from`].
#[derive(Clone, Debug, Serialize)]
pub struct From {
    /// The caller.
    pub source: Source,
}

/// An entry of [`AuthorizationRule::to`].
#[derive(Clone, Debug, Serialize)]
pub struct To {
    /// The request.
    pub operation: Operation,
}

/// A caller: every list that is not empty must fit.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// SPIFFE identities without the scheme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub principals: Vec<Text>,
    /// Any but these, and none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_principals: Vec<Text>,
    /// `issuer/subject` of a token.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_principals: Vec<Text>,
    /// Any but these, and none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_request_principals: Vec<Text>,
    /// Namespaces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub namespaces: Vec<Text>,
    /// Any but these, and none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_namespaces: Vec<Text>,
    /// Addresses of the peer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ip_blocks: Vec<Text>,
    /// Any but these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_ip_blocks: Vec<Text>,
    /// Addresses of the client at the far end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remote_ip_blocks: Vec<Text>,
    /// Any but these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_remote_ip_blocks: Vec<Text>,
}

/// A request: every list that is not empty must fit. All but `ports` exist on HTTP ports only.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// Hosts asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Text>,
    /// Any but these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_hosts: Vec<Text>,
    /// Methods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Text>,
    /// Any but these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_methods: Vec<Text>,
    /// Paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<Text>,
    /// Any but these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_paths: Vec<Text>,
    /// Numbers that the pod listens on, as text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<Text>,
}

/// A condition by Istio's key.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct When {
    /// As `request.headers[x-token]`.
    pub key: Text,
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Text>,
    /// None of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_values: Vec<Text>,
}

impl Kind for AuthorizationPolicy {
    const KIND: &'static str = "AuthorizationPolicy";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
