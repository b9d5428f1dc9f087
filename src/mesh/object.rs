//! An object as its document says it, whoever wrote the document.

use crate::diag;
use crate::kube::Sort;
use crate::source::{Span, Str, Text};
use crate::yaml::{Entry, Node};

/// One object of a [`Cluster`](crate::mesh::Cluster).
#[derive(Clone, Debug)]
pub struct Object {
    /// Its place among the objects of the cluster: of two, the lower was read first.
    pub id: usize,
    /// As `networking.istio.io/v1`.
    pub api_version: Str,
    /// Its kind, as written.
    pub kind: Str,
    /// Its kind, if it is one that is asked about by name.
    pub sort: Option<Sort>,
    /// Its name.
    pub name: Text,
    /// Its namespace, if the document says one.
    pub written_namespace: Option<Text>,
    /// The whole document.
    pub node: Node,
}

/// What Kubernetes takes where neither the document nor the caller of `kubectl` says a namespace.
pub const DEFAULT_NAMESPACE: &str = "default";

impl Object {
    /// The namespace that it is in; of an object of the whole cluster that means nothing.
    pub fn namespace(&self) -> &str {
        self.written_namespace.as_ref().map_or(DEFAULT_NAMESPACE, |it| it.as_str())
    }

    /// Whether it is of a kind.
    pub fn is(&self, sort: Sort) -> bool {
        self.sort == Some(sort)
    }

    /// Whether it belongs to Kubernetes itself: the injector and Istio's analyzers pass over its namespaces.
    ///
    /// Source: `IgnoredNamespaces` of `pkg/kube/inject/initializer.go`.
    pub fn is_of_kubernetes(&self) -> bool {
        let own = if self.is(Sort::Namespace) { self.name.as_str() } else { self.namespace() };
        ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"].contains(&own)
    }

    /// The value under `spec`; where there is none, that of a document without it, which has no key.
    pub fn spec(&self) -> &Node {
        self.node.get("spec").unwrap_or(&NOTHING)
    }

    /// Its labels.
    pub fn labels(&self) -> &[Entry] {
        self.node.get("metadata").map_or(&[], |it| it.pairs("labels"))
    }

    /// The value of one of its labels.
    pub fn label(&self, key: &str) -> Option<&Str> {
        self.node.get("metadata")?.get("labels")?.word(key)
    }

    /// Its annotations.
    pub fn annotations(&self) -> &[Entry] {
        self.node.get("metadata").map_or(&[], |it| it.pairs("annotations"))
    }

    /// The value of one of its annotations.
    pub fn annotation(&self, key: &str) -> Option<&Str> {
        self.node.get("metadata")?.get("annotations")?.word(key)
    }

    /// When a cluster made it, as a dump says: RFC 3339, of which the earlier is the lesser text.
    pub fn created(&self) -> Option<&str> {
        let text = self.node.get("metadata")?.word("creationTimestamp")?;
        Some(text.as_str()).filter(|it| !it.is_empty())
    }

    /// Where to point when no line of it is to blame: at its name, or where it begins.
    pub fn span(&self) -> Span {
        if self.name.span.is_some() { self.name.span } else { self.node.span }
    }

    /// What a finding says of it.
    pub fn title(&self) -> diag::Object {
        diag::Object {
            kind: self.kind.to_string(),
            namespace: self.written_namespace.as_ref().map(ToString::to_string).unwrap_or_default(),
            name: self.name.to_string(),
        }
    }
}

/// What stands where there is nothing.
pub static NOTHING: Node = Node { kind: crate::yaml::Kind::Null, span: Span::NONE };
