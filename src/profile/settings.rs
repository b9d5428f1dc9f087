//! The mesh that a bundle is for: facts about the installation, not about the services.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::yaml::{FromScalar, Named, Scalar, Wrong, choose, record, words};

/// Facts about the mesh. meshgen installs none of it.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mesh {
    /// How pods get their proxy. Default: by `revision` if one is given, otherwise by label.
    pub injection: Option<Spanned<Injection>>,
    /// The control-plane revision that injects, as in `istio.io/rev`.
    pub revision: Option<Text>,
    /// The trust domain of SPIFFE identities.
    pub trust_domain: Text,
    /// The domain of cluster-internal host names.
    pub cluster_domain: Text,
    /// The namespace of mesh-wide objects and of the control plane.
    pub root_namespace: Text,
    /// Whether the mesh has Istio CNI: only then can a namespace *enforce* the restricted Pod Security Standard.
    pub cni: Spanned<bool>,
    /// The ingress gateway that Gateway objects select.
    pub gateway: IngressGateway,
    /// The oldest Istio release that must take the bundle, as `1.30`.
    pub istio: Spanned<Release>,
    /// What every injected proxy asks for.
    pub proxy: Proxy,
}

record!(Mesh "`mesh`" {
    injection, revision, trust_domain, cluster_domain, root_namespace, cni, gateway, istio, proxy,
});

/// How pods get their proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injection {
    /// The namespace label `istio-injection: enabled`.
    Label,
    /// The namespace label `istio.io/rev`.
    Revision,
    /// Not at all.
    None,
}

const INJECTIONS: &[(&str, Injection)] = &[
    ("label", Injection::Label),
    ("revision", Injection::Revision),
    ("none", Injection::None),
    ("enabled", Injection::Label),
    ("disabled", Injection::None),
];

impl FromScalar for Injection {
    const EXPECTS: &'static str = "`label`, `revision` or `none`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, INJECTIONS)
    }

    fn schema() -> Schema {
        words(INJECTIONS)
    }
}

/// The ingress gateway of the mesh.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IngressGateway {
    /// The labels of its pods.
    pub selector: Named<Text>,
    /// The namespace it runs in.
    pub namespace: Text,
    /// The service account it runs as: the identity that services see.
    pub service_account: Text,
}

record!(IngressGateway "`mesh.gateway`" { selector, namespace, service_account });

/// What every injected proxy asks for, as pod annotations.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proxy {
    /// CPU request.
    pub cpu: Option<Text>,
    /// Memory request.
    pub memory: Option<Text>,
    /// CPU limit.
    pub cpu_limit: Option<Text>,
    /// Memory limit.
    pub memory_limit: Option<Text>,
    /// Whether the application waits until its proxy can serve.
    pub hold_application_until_proxy_starts: Option<Spanned<bool>>,
    /// Worker threads; 0 is one a core. Absent: as many as the CPU limit has cores.
    pub concurrency: Option<Spanned<u32>>,
}

record!(Proxy "`mesh.proxy`" { cpu, memory, cpu_limit, memory_limit, hold_application_until_proxy_starts, concurrency });

/// An Istio release, major and minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// Major.
    pub major: u32,
    /// Minor.
    pub minor: u32,
}

impl FromScalar for Release {
    const EXPECTS: &'static str = "an Istio release such as `1.30`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let (major, rest) = scalar.text.split_once('.').ok_or_else(Wrong::default)?;
        let minor = rest.split('.').next().unwrap_or(rest);
        match (major.parse(), minor.parse()) {
            (Ok(major), Ok(minor)) => Ok(Self { major, minor }),
            _ => Err(Wrong::default()),
        }
    }

    fn schema() -> Schema {
        schemars::json_schema!({ "type": ["string", "number"], "examples": ["1.30"] })
    }
}
