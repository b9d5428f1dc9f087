//! What a Sidecar, a ServiceEntry, a WorkloadEntry and a WorkloadGroup may say (codes `MG33xx` and `MG34xx`).

mod addressless_bytes;
mod addressless_workload;
mod allocation;
mod captured_socket;
mod conflicting_entry_protocol;
mod egress_host_taken_twice;
mod empty_sidecar;
mod entry_for_nobody;
mod hostless_egress;
mod http_pool_on_bytes;
mod idle_endpoints;
mod idle_workload_selector;
mod indistinct_hosts;
mod listener_taken_twice;
mod malformed_pod_label;
mod misplaced_catch_all;
mod partial_wildcard;
mod registry_only;
mod required_address;
mod second_round_robin_endpoint;
mod selector_in_root;
mod shared_entry_address;
mod shared_entry_port;
mod shared_ports;
mod socket_of_several_ports;
mod twin_workload_groups;
mod unknown_egress_host;
mod unknown_endpoint_port;
mod unknown_group_account;
mod unknown_port_protocol;
mod unresolvable_entry;
mod unsupported_ingress_tls;
mod unusable_default_endpoint;
mod unusable_dynamic_entry;
mod unusable_egress_host;
mod unusable_egress_proxy;
mod unusable_endpoint;
mod unusable_entry_address;
mod unusable_entry_host;
mod unusable_listener_bind;
mod unusable_listener_port;
mod unusable_port_label;
mod unusable_readiness_probe;
mod unusable_workload_address;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &empty_sidecar::RULE,
    &unknown_port_protocol::RULE,
    &unusable_port_label::RULE,
    &unusable_listener_port::RULE,
    &unusable_listener_bind::RULE,
    &captured_socket::RULE,
    &listener_taken_twice::RULE,
    &unusable_default_endpoint::RULE,
    &unsupported_ingress_tls::RULE,
    &misplaced_catch_all::RULE,
    &hostless_egress::RULE,
    &unusable_egress_host::RULE,
    &egress_host_taken_twice::RULE,
    &http_pool_on_bytes::RULE,
    &unusable_egress_proxy::RULE,
    &registry_only::RULE,
    &unusable_entry_host::RULE,
    &partial_wildcard::RULE,
    &unusable_entry_address::RULE,
    &idle_endpoints::RULE,
    &idle_workload_selector::RULE,
    &unusable_endpoint::RULE,
    &unknown_endpoint_port::RULE,
    &socket_of_several_ports::RULE,
    &unresolvable_entry::RULE,
    &second_round_robin_endpoint::RULE,
    &indistinct_hosts::RULE,
    &shared_entry_address::RULE,
    &unusable_dynamic_entry::RULE,
    &addressless_bytes::RULE,
    &required_address::RULE,
    &unusable_workload_address::RULE,
    &addressless_workload::RULE,
    &unusable_readiness_probe::RULE,
    &malformed_pod_label::RULE,
    &entry_for_nobody::RULE,
    &conflicting_entry_protocol::RULE,
    &shared_entry_port::RULE,
    &unknown_egress_host::RULE,
    &selector_in_root::RULE,
    &unknown_group_account::RULE,
    &twin_workload_groups::RULE,
];
