//! What Telemetry says, by itself and together (codes `MG60xx` and `MG61xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
