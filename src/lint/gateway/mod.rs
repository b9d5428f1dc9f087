//! What a Gateway may say by itself, and what Gateways say together (codes `MG32xx`).

mod certificate_of_the_mesh;
mod https_without_tls;
mod idle_target_port;
mod ignored_certificate;
mod misplaced_revocation_list;
mod old_tls_without_ciphers;
mod places;
mod portless_server;
mod redirect_of_bytes;
mod server_port_name_taken_twice;
mod server_without_certificate;
mod serverless_gateway;
mod third_certificate;
mod tls_on_plain_port;
mod two_certificate_sources;
mod unknown_cipher_suite;
mod unknown_server_protocol;
mod unnamed_server_port;
mod unusable_bind;
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
    &certificate_of_the_mesh::RULE,
    &misplaced_revocation_list::RULE,
    &unusable_bind::RULE,
    &unknown_cipher_suite::RULE,
    &old_tls_without_ciphers::RULE,
    &ignored_certificate::RULE,
    &redirect_of_bytes::RULE,
    &third_certificate::RULE,
    &portless_server::RULE,
];
