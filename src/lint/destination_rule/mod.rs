//! What a DestinationRule may say, as Istio's admission webhook judges it (codes `MG31xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
