//! Who may call whom: what policies, workloads and routes say together (codes `MG45xx` to `MG48xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
