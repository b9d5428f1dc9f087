//! Mutual TLS, who may call what, and whose tokens are believed.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::PortRef;
use crate::yaml::{
    FromScalar, Kind, Named, Node, OneOrMany, Read, Reader, Scalar, Wrong, choose, record, scalar_of, words,
};

/// What a workload takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MtlsMode {
    /// Mutual TLS only.
    Strict,
    /// Mutual TLS and plaintext.
    Permissive,
    /// Plaintext only.
    Disable,
}

const MODES: &[(&str, MtlsMode)] =
    &[("strict", MtlsMode::Strict), ("permissive", MtlsMode::Permissive), ("disable", MtlsMode::Disable)];

impl FromScalar for MtlsMode {
    const EXPECTS: &'static str = "`strict`, `permissive` or `disable`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, MODES)
    }

    fn schema() -> Schema {
        words(MODES)
    }
}

/// Mutual TLS modes of mesh and namespaces. A mode by itself (`mtls: strict`) is that of every namespace of the profile.
#[derive(Clone, Debug, Default)]
pub struct Mtls {
    /// Of the whole mesh, in the root namespace; absent: left alone.
    pub mesh: Option<Spanned<MtlsMode>>,
    /// Of every namespace of the profile; absent: left to the mesh.
    pub namespace: Option<Spanned<MtlsMode>>,
    /// Of single namespaces by name.
    pub namespaces: Named<Spanned<MtlsMode>>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MtlsForm {
    /// Of the whole mesh, in the root namespace.
    mesh: Option<Spanned<MtlsMode>>,
    /// Of every namespace of the profile.
    namespace: Option<Spanned<MtlsMode>>,
    /// Of single namespaces by name.
    namespaces: Named<Spanned<MtlsMode>>,
}

record!(MtlsForm "`mtls`" { mesh, namespace, namespaces });

impl Read for Mtls {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Some(Self { namespace: Some(Spanned::read(node, cx)?), ..Self::default() });
        }
        let MtlsForm { mesh, namespace, namespaces } = MtlsForm::read(node, cx)?;
        Some(Self { mesh, namespace, namespaces })
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl JsonSchema for Mtls {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mtls".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (mode, form) =
            (generator.subschema_for::<Spanned<MtlsMode>>(), generator.subschema_for::<MtlsForm>());
        schemars::json_schema!({ "anyOf": [mode, form] })
    }
}

/// The mutual TLS mode of one service; a mode by itself is that of all its ports.
#[derive(Clone, Debug)]
pub struct ServiceMtls {
    /// Of the service; absent: its namespace's.
    pub mode: Option<Spanned<MtlsMode>>,
    /// Of single ports by name.
    pub ports: Named<Spanned<MtlsMode>>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ServiceMtlsForm {
    /// Of the service.
    mode: Option<Spanned<MtlsMode>>,
    /// Of single ports by name.
    ports: Named<Spanned<MtlsMode>>,
}

record!(ServiceMtlsForm "`mtls` of a service" { mode, ports });

impl Read for ServiceMtls {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Some(Self { mode: Some(Spanned::read(node, cx)?), ports: Named::default() });
        }
        let ServiceMtlsForm { mode, ports } = ServiceMtlsForm::read(node, cx)?;
        Some(Self { mode, ports })
    }
}

impl JsonSchema for ServiceMtls {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ServiceMtls".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (mode, form) =
            (generator.subschema_for::<Spanned<MtlsMode>>(), generator.subschema_for::<ServiceMtlsForm>());
        schemars::json_schema!({ "anyOf": [mode, form] })
    }
}

/// Who may call what.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authz {
    /// What happens to a request that no rule speaks of.
    pub default: Spanned<Access>,
    /// Requests that are let in, by rule.
    pub allow: Named<AuthzRule>,
    /// Requests that are refused whatever else allows them, by rule.
    pub deny: Named<AuthzRule>,
    /// Whether all of it only counts what it would refuse.
    pub dry_run: Spanned<bool>,
}

record!(Authz "`authz`" { default, allow, deny, dry_run });

/// What happens to a request that no rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is let in, but to services that an `allow` rule names.
    Allow,
    /// It is refused.
    Deny,
}

const ACCESS: &[(&str, Access)] = &[("allow", Access::Allow), ("deny", Access::Deny)];

impl FromScalar for Access {
    const EXPECTS: &'static str = "`allow` or `deny`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, ACCESS)
    }

    fn schema() -> Schema {
        words(ACCESS)
    }
}

/// One rule: who, to which services, which requests. What is left out is any.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthzRule {
    /// Who calls; one of several. Absent: anybody, known or not.
    pub from: OneOrMany<Source>,
    /// Services by id or `namespace/name`; absent: every workload of the profile's namespaces.
    pub to: OneOrMany<Text>,
    /// Methods.
    pub methods: OneOrMany<Text>,
    /// Any method but these.
    pub not_methods: OneOrMany<Text>,
    /// Paths; `/api/*` is a prefix, `*.css` a suffix, `{*}` one segment, `{**}` the rest.
    pub paths: OneOrMany<Text>,
    /// Any path but these.
    pub not_paths: OneOrMany<Text>,
    /// Hosts that the request asks for.
    pub hosts: OneOrMany<Text>,
    /// Any host but these.
    pub not_hosts: OneOrMany<Text>,
    /// Ports of the service, by name or number.
    pub ports: OneOrMany<Spanned<PortRef>>,
    /// More conditions by Istio's key, as `request.headers[x-token]`; all must hold.
    pub when: Named<Condition>,
    /// Whether this rule only counts what it would do.
    pub dry_run: Option<Spanned<bool>>,
}

record!(AuthzRule "a rule" {
    from, to, methods, not_methods, paths, not_paths, hosts, not_hosts, ports, when, dry_run,
});

/// Who calls: a name (client, service, caller, `ingress`), or facts about the caller that must all hold.
#[derive(Clone, Debug)]
pub enum Source {
    /// A client, service or caller of the profile by id or `namespace/name`, or `ingress`.
    Who(Text),
    /// Facts.
    Facts(Box<SourceFacts>),
}

/// Facts about a caller that must all hold.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceFacts {
    /// Service accounts as `namespace/name`.
    pub service_accounts: OneOrMany<Text>,
    /// SPIFFE identities without the scheme, as `cluster.local/ns/a/sa/b`.
    pub principals: OneOrMany<Text>,
    /// Any identity but these, and none.
    pub not_principals: OneOrMany<Text>,
    /// Namespaces.
    pub namespaces: OneOrMany<Text>,
    /// Any namespace but these.
    pub not_namespaces: OneOrMany<Text>,
    /// Addresses of the peer, as IP or CIDR.
    pub ip_blocks: OneOrMany<Text>,
    /// Any address but these.
    pub not_ip_blocks: OneOrMany<Text>,
    /// Addresses of the client at the far end, from `X-Forwarded-For`.
    pub remote_ip_blocks: OneOrMany<Text>,
    /// Any such address but these.
    pub not_remote_ip_blocks: OneOrMany<Text>,
    /// Token holders as `issuer/subject`.
    pub request_principals: OneOrMany<Text>,
    /// Any but these, and none.
    pub not_request_principals: OneOrMany<Text>,
}

record!(SourceFacts "a source" {
    service_accounts, principals, not_principals, namespaces, not_namespaces, ip_blocks, not_ip_blocks,
    remote_ip_blocks, not_remote_ip_blocks, request_principals, not_request_principals,
});

impl Read for Source {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        match scalar_of(node) {
            Some(name) => Some(Self::Who(name)),
            None => Read::read(node, cx).map(Self::Facts),
        }
    }
}

impl JsonSchema for Source {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (who, facts) = (generator.subschema_for::<Text>(), generator.subschema_for::<SourceFacts>());
        schemars::json_schema!({ "anyOf": [who, facts] })
    }
}

/// The values that a key of `when` may or may not have; a text or a list of texts are values that it may have.
#[derive(Clone, Debug)]
pub struct Condition {
    /// One of these.
    pub values: OneOrMany<Text>,
    /// None of these.
    pub not_values: OneOrMany<Text>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConditionForm {
    values: OneOrMany<Text>,
    not_values: OneOrMany<Text>,
}

record!(ConditionForm "a condition" { values, not_values });

impl Read for Condition {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Map(_) = node.kind {
            let ConditionForm { values, not_values } = ConditionForm::read(node, cx)?;
            return Some(Self { values, not_values });
        }
        Some(Self { values: Read::read(node, cx)?, not_values: OneOrMany::default() })
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (texts, form) =
            (generator.subschema_for::<OneOrMany<Text>>(), generator.subschema_for::<ConditionForm>());
        schemars::json_schema!({ "anyOf": [texts, form] })
    }
}

/// An issuer whose tokens are checked. A request without a token still passes: a rule must ask for one.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JwtIssuer {
    /// The `iss` of its tokens.
    pub issuer: Text,
    /// Where its public keys are.
    pub jwks_uri: Option<Text>,
    /// Its public keys themselves, as JSON. Not together with `jwksUri`.
    pub jwks: Option<Text>,
    /// The `aud` that a token must have, one of several; absent: any.
    pub audiences: OneOrMany<Text>,
    /// Whether the token is passed on to the application.
    pub forward_original_token: Option<Spanned<bool>>,
    /// Services by id or `namespace/name` that check; absent: every workload of the profile's namespaces.
    pub to: OneOrMany<Text>,
}

record!(JwtIssuer "an issuer" { issuer, jwks_uri, jwks, audiences, forward_original_token, to });
