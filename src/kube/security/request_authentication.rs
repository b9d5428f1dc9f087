//! RequestAuthentication: whose tokens a workload believes.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};
use crate::source::{Spanned, Text};

/// A RequestAuthentication. The rules of all that select a pod count together.
#[derive(Clone, Debug)]
pub struct RequestAuthentication {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// Whom it believes.
    pub spec: RequestAuthenticationSpec,
}

/// Whom a [`RequestAuthentication`] believes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestAuthenticationSpec {
    /// The pods; `None`: every pod of the namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
    /// The issuers.
    pub jwt_rules: Vec<JwtRule>,
}

/// An issuer, and what its tokens must have.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JwtRule {
    /// The `iss` of its tokens.
    pub issuer: Text,
    /// The `aud` that a token must have, one of several; none: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Text>,
    /// Where its public keys are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<Text>,
    /// Its public keys, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Text>,
    /// Whether the token is passed on; `None`: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_original_token: Option<Spanned<bool>>,
}

impl Kind for RequestAuthentication {
    const KIND: &'static str = "RequestAuthentication";

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
