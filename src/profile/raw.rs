//! The way out for what the language lacks: changes to emitted objects.

use schemars::JsonSchema;

use crate::source::Text;
use crate::yaml::{Node, record};

/// A change to one or more emitted objects: `merge`, then `json`.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patch {
    /// Which objects; at least one must fit.
    pub target: Target,
    /// Laid over the object: mappings merge, `null` removes, lists of named things (containers, ports, routes) merge
    /// by name, other lists replace.
    pub merge: Option<Node>,
    /// JSON Patch (RFC 6902) operations: `add`, `remove`, `replace`, with a `path` and a `value`.
    pub json: Vec<Node>,
}

record!(Patch "a patch" { target, merge, json });

/// Which objects a patch is for.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    /// The kind.
    pub kind: Text,
    /// The name; absent: every object of the kind.
    pub name: Option<Text>,
    /// The namespace; absent: any.
    pub namespace: Option<Text>,
}

record!(Target "a target" { kind, name, namespace });
