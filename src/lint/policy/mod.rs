//! What PeerAuthentication, AuthorizationPolicy and RequestAuthentication may say (codes `MG40xx` and `MG41xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
