//! What a WasmPlugin, a TrafficExtension, an EnvoyFilter and a ProxyConfig may say (codes `MG62xx` and `MG63xx`).

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[];
