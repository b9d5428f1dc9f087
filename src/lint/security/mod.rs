//! Who may call whom: what policies, workloads and routes say together (codes `MG45xx` to `MG48xx`).

mod absent_caller;
mod absent_namespace;
mod absent_waypoint;
mod ambient;
mod ambient_hosts;
mod authorization_without_target;
mod authorization_without_waypoint;
mod contested_peer_authentication;
mod contested_sidecar;
mod denial_without_proof;
mod denied_to_all;
mod destination_beside_its_service;
mod destination_unread;
mod destination_without_waypoint;
mod foreign_caller;
mod identity;
mod identity_without_proof;
mod idle_selector;
mod ignored_root_selector;
mod known;
mod lost_mutual_tls;
mod method_in_small_letters;
mod mode_of_no_port;
mod mtls;
mod mutual_calls_to_plain_mesh;
mod mutual_calls_to_plain_namespace;
mod plain_calls_to_strict_mesh;
mod plain_calls_to_strict_namespace;
mod plugin_without_target;
mod plugin_without_waypoint;
mod policy_of_nobody;
mod policy_of_service_port;
mod ports;
mod reach;
mod refused_tls;
mod requests_on_bytes;
mod requests_past_waypoint;
mod route_beside_its_service;
mod route_unread;
mod route_without_waypoint;
mod second_peer_authentication;
mod second_sidecar;
mod selector_of_gateway;
mod selector_of_no_pod;
mod sidecar_in_ambient;
mod sidecar_without_proxy;
mod strict_below_plain;
mod target_of_sidecar;
mod telemetry_without_target;
mod telemetry_without_waypoint;
mod token_without_target;
mod token_without_waypoint;
mod tried_only;
mod two_data_planes;
mod unanswered_mtls_of_mesh;
mod unanswered_mtls_of_namespace;
mod unknown_http_method;
mod unknown_policy_host;
mod unmet_strict_mesh;
mod unmet_strict_namespace;
mod untranslated_trust_domain;
mod waypoint_outside_ambient;

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
    &absent_namespace::RULE,
    &unknown_http_method::RULE,
    &method_in_small_letters::RULE,
    &unknown_policy_host::RULE,
    &identity_without_proof::RULE,
    &absent_caller::RULE,
    &foreign_caller::RULE,
    &plain_calls_to_strict_namespace::RULE,
    &plain_calls_to_strict_mesh::RULE,
    &mutual_calls_to_plain_namespace::RULE,
    &mutual_calls_to_plain_mesh::RULE,
    &lost_mutual_tls::RULE,
    &unanswered_mtls_of_mesh::RULE,
    &unanswered_mtls_of_namespace::RULE,
    &unmet_strict_mesh::RULE,
    &unmet_strict_namespace::RULE,
    &authorization_without_waypoint::RULE,
    &authorization_without_target::RULE,
    &token_without_waypoint::RULE,
    &token_without_target::RULE,
    &plugin_without_waypoint::RULE,
    &plugin_without_target::RULE,
    &telemetry_without_waypoint::RULE,
    &telemetry_without_target::RULE,
    &route_without_waypoint::RULE,
    &route_beside_its_service::RULE,
    &route_unread::RULE,
    &destination_without_waypoint::RULE,
    &destination_beside_its_service::RULE,
    &destination_unread::RULE,
    &two_data_planes::RULE,
    &waypoint_outside_ambient::RULE,
    &absent_waypoint::RULE,
    &sidecar_in_ambient::RULE,
    &requests_past_waypoint::RULE,
    &refused_tls::RULE,
    &strict_below_plain::RULE,
    &ignored_root_selector::RULE,
    &mode_of_no_port::RULE,
    &policy_of_service_port::RULE,
    &denial_without_proof::RULE,
    &untranslated_trust_domain::RULE,
    &target_of_sidecar::RULE,
    &tried_only::RULE,
    &denied_to_all::RULE,
    &requests_on_bytes::RULE,
];
