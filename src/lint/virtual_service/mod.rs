//! What a VirtualService may say, as Istio's admission webhook judges it (codes `MG30xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
