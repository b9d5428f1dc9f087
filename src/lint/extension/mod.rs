//! What a WasmPlugin, a TrafficExtension, an EnvoyFilter and a ProxyConfig may say (codes `MG62xx` and `MG63xx`).

mod exposed_internals;
mod filter_without_config;
mod former_filter_name;
mod ignored_patch_match;
mod incomplete_patch;
mod ineffective_add;
mod ineffective_remove;
mod ineffective_replace;
mod mismatched_patch;
mod patch;
mod relative;
mod retired_envoy_type;
mod unfindable_filter;
mod unordered_patch;
mod unordered_version_patch;
mod unreadable_proxy_version;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &incomplete_patch::RULE,
    &mismatched_patch::RULE,
    &unfindable_filter::RULE,
    &unreadable_proxy_version::RULE,
    &ignored_patch_match::RULE,
    &former_filter_name::RULE,
    &exposed_internals::RULE,
    &retired_envoy_type::RULE,
    &filter_without_config::RULE,
    &ineffective_replace::RULE,
    &ineffective_add::RULE,
    &ineffective_remove::RULE,
    &unordered_patch::RULE,
    &unordered_version_patch::RULE,
];
