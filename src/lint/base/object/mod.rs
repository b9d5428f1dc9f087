//! Objects of any kind: where they live, what a cluster said of them, and what is no longer for them.

mod deprecated_field;
mod deprecated_provider;
mod early_gateway_api;
mod outdated_gateway_api;
mod refused_object;
mod removed_kind;
mod unknown_installation_field;
mod unplaced_object;
mod unserved_gateway_api;

pub use deprecated_field::RULE as DEPRECATED_FIELD;
pub use deprecated_provider::RULE as DEPRECATED_PROVIDER;
pub use early_gateway_api::RULE as EARLY_GATEWAY_API;
pub use outdated_gateway_api::RULE as OUTDATED_GATEWAY_API;
pub use refused_object::RULE as REFUSED_OBJECT;
pub use removed_kind::RULE as REMOVED_KIND;
pub use unknown_installation_field::RULE as UNKNOWN_INSTALLATION_FIELD;
pub use unplaced_object::RULE as UNPLACED_OBJECT;
pub use unserved_gateway_api::RULE as UNSERVED_GATEWAY_API;

use crate::mesh::Object;
use crate::yaml::Node;

/// The kind that a definition of the Gateway API is of, if it is one of these and does not serve a version.
fn lacking<'m>(definition: &'m Object, kinds: &[&str], version: &str) -> Option<&'m str> {
    let spec = definition.spec();
    let kind = spec.at(&["names", "kind"])?.text()?.as_str();
    let is_it =
        spec.word("group").is_some_and(|it| it == "gateway.networking.k8s.io") && kinds.contains(&kind);
    let serves =
        |it: &Node| it.word("name").is_some_and(|it| it == version) && it.flag("served") != Some(false);
    (is_it && !spec.list("versions").iter().any(serves)).then_some(kind)
}
