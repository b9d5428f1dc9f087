//! Services, workloads, namespaces, names and annotations (codes `MG50xx` to `MG53xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
