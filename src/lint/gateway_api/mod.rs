//! What the kinds of the Gateway API say together (codes `MG38xx` and `MG39xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
