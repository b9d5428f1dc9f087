//! The parts of an AuthorizationPolicy.
//!
//! To Istio a null among the items of a list is an item without fields, and an empty list is none.

use crate::mesh::Object;
use crate::yaml::Node;

/// The lists of a source, each with the field that denies it.
pub const SOURCE: [&str; 14] = [
    "principals",
    "notPrincipals",
    "requestPrincipals",
    "notRequestPrincipals",
    "namespaces",
    "notNamespaces",
    "serviceAccounts",
    "notServiceAccounts",
    "trustDomains",
    "notTrustDomains",
    "ipBlocks",
    "notIpBlocks",
    "remoteIpBlocks",
    "notRemoteIpBlocks",
];

/// The lists of an operation, each with the field that denies it.
pub const OPERATION: [&str; 8] =
    ["hosts", "notHosts", "ports", "notPorts", "methods", "notMethods", "paths", "notPaths"];

/// What a policy does with what it matches: `ALLOW` unless it says otherwise.
pub fn action(policy: &Object) -> &str {
    policy.spec().word("action").map_or("ALLOW", |it| it.as_str())
}

/// Its rules.
pub fn rules(policy: &Object) -> &[Node] {
    policy.spec().list("rules")
}

/// The sources of a rule.
pub fn sources(rule: &Node) -> impl Iterator<Item = &Node> {
    rule.list("from").iter().filter_map(|it| it.entry("source")).map(|it| &it.value)
}

/// The operations of a rule.
pub fn operations(rule: &Node) -> impl Iterator<Item = &Node> {
    rule.list("to").iter().filter_map(|it| it.entry("operation")).map(|it| &it.value)
}

/// Whether any of some lists has an item.
pub fn says(node: &Node, lists: &[&str]) -> bool {
    lists.iter().any(|it| !node.list(it).is_empty())
}
