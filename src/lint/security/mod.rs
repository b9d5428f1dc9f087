//! Who may call whom: what policies, workloads and routes say together (codes `MG45xx` to `MG48xx`).

mod contested_peer_authentication;
mod contested_sidecar;
mod idle_selector;
mod policy_of_nobody;
mod reach;
mod second_peer_authentication;
mod second_sidecar;
mod selector_of_gateway;
mod selector_of_no_pod;
mod sidecar_without_proxy;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &policy_of_nobody::RULE,
    &idle_selector::RULE,
    &selector_of_no_pod::RULE,
    &selector_of_gateway::RULE,
    &second_sidecar::RULE,
    &contested_sidecar::RULE,
    &second_peer_authentication::RULE,
    &contested_peer_authentication::RULE,
    &sidecar_without_proxy::RULE,
];
