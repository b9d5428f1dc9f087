//! What a VirtualService may say, as Istio's admission webhook judges it (codes `MG30xx`).

mod abort_without_error;
mod authority_twice;
mod before;
mod claim_in_mesh;
mod conflicting_actions;
mod contradictory_redirect;
mod contradictory_rewrite;
mod cors_age;
mod cors_header;
mod cors_method;
mod cors_origin;
mod dead_match;
mod delegate_beside_action;
mod delegate_with_binding;
mod delegating_delegate;
mod destination_port;
mod disabled_retries;
mod dotted_gateway_name;
mod empty_entry;
mod empty_fault;
mod empty_prefix;
mod every_host_in_mesh;
mod fault_of_nothing;
mod fault_percentage;
mod gateways;
mod header_name;
mod hosts;
mod idle_destination;
mod ineffective_match;
mod malformed_destination;
mod malformed_gateway_name;
mod malformed_header_value;
mod malformed_host;
mod malformed_source_label;
mod malformed_source_namespace;
mod malformed_subnet;
mod malformed_subset_name;
mod match_port;
mod mirror_percent;
mod mirror_percentage;
mod mirror_to_itself;
mod negative_weight;
mod odd_status;
mod odd_sum;
mod overlapping_hosts;
mod retried_writes;
mod retries_beyond_timeout;
mod route_doing_nothing;
mod route_without_destination;
mod routeless;
mod seen;
mod shadowed_route;
mod sni_address;
mod sni_outside_hosts;
mod tls_without_names;
mod unasked_source;
mod unbuilt_fault;
mod unfit_answer;
mod unknown_grpc_status;
mod unknown_retry_on;
mod unreadable_regex;
mod untouchable_header;
mod walk;
mod weightless_route;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &routeless::RULE,
    &delegate_with_binding::RULE,
    &delegating_delegate::RULE,
    &malformed_host::RULE,
    &every_host_in_mesh::RULE,
    &overlapping_hosts::RULE,
    &malformed_gateway_name::RULE,
    &dotted_gateway_name::RULE,
    &claim_in_mesh::RULE,
    &route_doing_nothing::RULE,
    &delegate_beside_action::RULE,
    &conflicting_actions::RULE,
    &empty_entry::RULE,
    &mirror_percentage::RULE,
    &mirror_percent::RULE,
    &negative_weight::RULE,
    &weightless_route::RULE,
    &malformed_destination::RULE,
    &malformed_subset_name::RULE,
    &destination_port::RULE,
    &header_name::RULE,
    &empty_prefix::RULE,
    &unreadable_regex::RULE,
    &match_port::RULE,
    &malformed_source_label::RULE,
    &malformed_source_namespace::RULE,
    &untouchable_header::RULE,
    &malformed_header_value::RULE,
    &authority_twice::RULE,
    &contradictory_rewrite::RULE,
    &contradictory_redirect::RULE,
    &unfit_answer::RULE,
    &disabled_retries::RULE,
    &unknown_retry_on::RULE,
    &empty_fault::RULE,
    &fault_percentage::RULE,
    &unbuilt_fault::RULE,
    &unknown_grpc_status::RULE,
    &abort_without_error::RULE,
    &cors_origin::RULE,
    &cors_method::RULE,
    &cors_header::RULE,
    &cors_age::RULE,
    &tls_without_names::RULE,
    &sni_outside_hosts::RULE,
    &sni_address::RULE,
    &malformed_subnet::RULE,
    &route_without_destination::RULE,
    &odd_status::RULE,
    &fault_of_nothing::RULE,
    &unasked_source::RULE,
    &odd_sum::RULE,
    &idle_destination::RULE,
    &retries_beyond_timeout::RULE,
    &mirror_to_itself::RULE,
    &retried_writes::RULE,
    &shadowed_route::RULE,
    &ineffective_match::RULE,
    &dead_match::RULE,
];
