//! What a Gateway may say by itself, and what Gateways say together (codes `MG32xx`).

mod certificate;
mod certificate_beside_mesh;
mod claim_without_token;
mod conflicting_server;
mod credential_taken_twice;
mod generated_gateway;
mod host_of_no_gateway;
mod https_without_tls;
mod idle_gateway;
mod idle_target_port;
mod ignored_certificate;
mod known;
mod misplaced_revocation_list;
mod old_tls_without_ciphers;
mod overlaps;
mod places;
mod plain_https_port;
mod port_of_no_service;
mod portless_server;
mod redirect_of_bytes;
mod redirect_to_nowhere;
mod server_port_name_taken_twice;
mod server_without_certificate;
mod serverless_gateway;
mod shared_server_host;
mod star_before_host;
mod third_certificate;
mod tls_on_plain_port;
mod two_certificate_sources;
mod unknown_cipher_suite;
mod unknown_credential;
mod unknown_gateway;
mod unknown_matched_gateway;
mod unknown_server_protocol;
mod unnamed_server_port;
mod unusable_bind;
mod unusable_credential;
mod unusable_gateway_name;
mod unusable_server_host;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &unusable_gateway_name::RULE,
    &serverless_gateway::RULE,
    &unknown_server_protocol::RULE,
    &unnamed_server_port::RULE,
    &server_port_name_taken_twice::RULE,
    &idle_target_port::RULE,
    &unusable_server_host::RULE,
    &https_without_tls::RULE,
    &tls_on_plain_port::RULE,
    &server_without_certificate::RULE,
    &two_certificate_sources::RULE,
    &certificate_beside_mesh::RULE,
    &misplaced_revocation_list::RULE,
    &unusable_bind::RULE,
    &unknown_cipher_suite::RULE,
    &old_tls_without_ciphers::RULE,
    &ignored_certificate::RULE,
    &redirect_of_bytes::RULE,
    &third_certificate::RULE,
    &portless_server::RULE,
    &unknown_gateway::RULE,
    &unknown_matched_gateway::RULE,
    &host_of_no_gateway::RULE,
    &generated_gateway::RULE,
    &idle_gateway::RULE,
    &port_of_no_service::RULE,
    &unknown_credential::RULE,
    &unusable_credential::RULE,
    &credential_taken_twice::RULE,
    &conflicting_server::RULE,
    &shared_server_host::RULE,
    &claim_without_token::RULE,
    &plain_https_port::RULE,
    &redirect_to_nowhere::RULE,
    &star_before_host::RULE,
];
