//! What a Sidecar, a ServiceEntry, a WorkloadEntry and a WorkloadGroup may say (codes `MG33xx` and `MG34xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
