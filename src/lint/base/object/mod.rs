//! Objects of any kind: where they live, what a cluster said of them, and what is no longer for them.

mod deprecated_field;
mod deprecated_provider;
mod outdated_gateway_api;
mod refused_object;
mod removed_kind;
mod unknown_installation_field;
mod unplaced_object;

pub use deprecated_field::RULE as DEPRECATED_FIELD;
pub use deprecated_provider::RULE as DEPRECATED_PROVIDER;
pub use outdated_gateway_api::RULE as OUTDATED_GATEWAY_API;
pub use refused_object::RULE as REFUSED_OBJECT;
pub use removed_kind::RULE as REMOVED_KIND;
pub use unknown_installation_field::RULE as UNKNOWN_INSTALLATION_FIELD;
pub use unplaced_object::RULE as UNPLACED_OBJECT;
