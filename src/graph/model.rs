//! The graph itself: what stands in the picture and what goes from where to where.

use serde::Serialize;

/// What the manifests do not say of the mesh that they are for.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the picture is called.
    pub title: String,
    /// Where policies hold for the whole mesh.
    pub root_namespace: String,
}

impl Settings {
    /// Of a mesh whose root namespace nobody moved.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), root_namespace: "istio-system".to_owned() }
    }
}

/// A mesh, ready to be drawn. Vertices and edges are sorted: the same mesh gives the same graph.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Graph {
    /// What it is called.
    pub title: String,
    /// What stands in it.
    #[serde(rename = "nodes")]
    pub vertices: Vec<Vertex>,
    /// What goes from where to where.
    pub edges: Vec<Edge>,
    /// What a picture leaves out, in sentences.
    pub notes: Vec<String>,
}

/// What a vertex is; the order is the one from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Whoever comes from outside.
    Outside,
    /// A Gateway.
    Gateway,
    /// A workload that no Service selects: it can only call.
    Client,
    /// An identity that a policy names and whose workload is not among the manifests.
    Caller,
    /// A Service.
    Service,
    /// A workload behind a Service.
    Version,
    /// A host outside of the mesh.
    External,
}

/// Something that calls or is called.
#[derive(Clone, Debug, Serialize)]
pub struct Vertex {
    /// As `service/mesh-demo/hello`; no two are alike.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// Its kind as an object, as `Deployment`; empty for what is none.
    pub kind: String,
    /// Its namespace; empty for what has none.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// More about it, a line each: ports, image, hosts.
    pub details: Vec<String>,
}

/// What an edge means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Traffic comes in through a Gateway.
    Enters,
    /// A workload, or a Gateway for its visitors, calls a Service or a host.
    Calls,
    /// A Service hands a part of its requests to a version.
    Routes,
    /// A Service sends copies to a version.
    Mirrors,
}

/// Whether a call gets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// A policy allows it.
    Declared,
    /// No policy forbids it.
    Open,
    /// It is refused.
    Denied,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// The server takes mutual TLS only.
    Strict,
    /// The server takes plaintext as well.
    Permissive,
    /// The server takes plaintext.
    Disabled,
    /// TLS that is not the mesh's: at a Gateway, or of a host outside.
    Tls,
    /// No TLS at a Gateway or to a host outside.
    Plain,
}

/// How an edge compares with what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Declared, and there were requests.
    Seen,
    /// Declared, and there were none.
    Quiet,
    /// There were requests, and nothing declares them.
    Undeclared,
}

/// The part of a route that goes to one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Share {
    /// The name of the route; empty if it has none.
    pub route: String,
    /// Which requests it is for, as `x-canary: true`; empty for all that are left.
    #[serde(rename = "match")]
    pub condition: String,
    /// The subset; empty if the whole Service is meant.
    pub subset: String,
    /// Of 100 requests.
    pub percent: u64,
}

/// Something that goes from one vertex to another.
#[derive(Clone, Debug, Serialize)]
pub struct Edge {
    /// Where it starts: a place in [`Graph::vertices`].
    #[serde(skip)]
    pub from: usize,
    /// Where it ends.
    #[serde(skip)]
    pub to: usize,
    /// What it means.
    pub relation: Relation,
    /// Whether the call gets through; of calls only.
    pub access: Option<Access>,
    /// How it is protected, if that is known.
    #[serde(rename = "mtls")]
    pub security: Option<Security>,
    /// What stands beside it, a line each.
    pub labels: Vec<String>,
    /// The parts of routes that it stands for.
    pub shares: Vec<Share>,
    /// The objects that decide it, as `AuthorizationPolicy mesh-demo/client-reads-hello`.
    pub by: Vec<String>,
    /// How it compares with what was observed, if anything was.
    pub observed: Option<Seen>,
    /// The observed requests a second, as the metrics server spelt them.
    pub rate: Option<String>,
    /// Whether pictures show it: of calls that no rule speaks of they show only a few.
    pub drawn: bool,
}

impl Edge {
    /// An edge of which nothing more is known.
    pub fn new(from: usize, to: usize, relation: Relation) -> Self {
        Self {
            from,
            to,
            relation,
            access: None,
            security: None,
            labels: Vec::new(),
            shares: Vec::new(),
            by: Vec::new(),
            observed: None,
            rate: None,
            drawn: true,
        }
    }

    /// Whether the call is refused.
    pub fn is_denied(&self) -> bool {
        self.access == Some(Access::Denied)
    }
}
