//! Where requests go: what VirtualService, DestinationRule and Services say together (codes `MG35xx` to `MG37xx`).

mod ambiguous_port;
mod binding;
mod broken_delegation;
mod conflicting_mesh_hosts;
mod ejection_of_few;
mod gateway;
mod http_of_opaque_port;
mod impossible_source;
mod indirect_subset;
mod ineffective_subset_routes;
mod mesh_conflict;
mod overlapping_rules;
mod partial_destination;
mod partial_host;
mod partial_rule_host;
mod poorer_selected_rule;
mod port_policy_inherits;
mod repeated_destination;
mod repeated_host;
mod route;
mod routes_of_two_kinds;
mod rule_host;
mod rules;
mod selector_without_pods;
mod shadowed_subsets;
mod short_host;
mod short_host_elsewhere;
mod single_weight;
mod split_rules;
mod subset_outside_service;
mod subset_pods;
mod subset_without_labels;
mod subset_without_pods;
mod subsets;
mod undescribed_destination;
mod unexported_to_gateway;
mod unknown_destination;
mod unknown_mirror;
mod unknown_mirror_subset;
mod unknown_port;
mod unknown_rule_host;
mod unknown_subset;
mod unlimited_pool;
mod unverified_rule_host;
mod unverified_subset;
mod weighted_headless;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &unknown_subset::RULE,
    &unknown_destination::RULE,
    &unknown_mirror::RULE,
    &undescribed_destination::RULE,
    &partial_destination::RULE,
    &partial_host::RULE,
    &unknown_port::RULE,
    &ambiguous_port::RULE,
    &unknown_mirror_subset::RULE,
    &indirect_subset::RULE,
    &unknown_rule_host::RULE,
    &unverified_rule_host::RULE,
    &partial_rule_host::RULE,
    &subset_without_pods::RULE,
    &subset_outside_service::RULE,
    &unverified_subset::RULE,
    &subset_without_labels::RULE,
    &conflicting_mesh_hosts::RULE,
    &repeated_host::RULE,
    &ineffective_subset_routes::RULE,
    &single_weight::RULE,
    &repeated_destination::RULE,
    &overlapping_rules::RULE,
    &short_host_elsewhere::RULE,
    &unexported_to_gateway::RULE,
    &http_of_opaque_port::RULE,
    &impossible_source::RULE,
    &shadowed_subsets::RULE,
    &split_rules::RULE,
    &poorer_selected_rule::RULE,
    &port_policy_inherits::RULE,
    &selector_without_pods::RULE,
    &weighted_headless::RULE,
    &unlimited_pool::RULE,
    &ejection_of_few::RULE,
    &broken_delegation::RULE,
    &routes_of_two_kinds::RULE,
];
