//! What a Gateway may say by itself, and what Gateways say together (codes `MG32xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
