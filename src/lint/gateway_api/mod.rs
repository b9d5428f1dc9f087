//! What the kinds of the Gateway API say together (codes `MG38xx` and `MG39xx`).

mod class;
mod gateway_listener_taken_twice;
mod host_of_no_listener;
mod listener;
mod reference;
mod shared_address;
mod shared_listener;
mod two_masters;
mod ungranted_backend;
mod ungranted_certificate;
mod unknown_backend_port;
mod unknown_certificate;
mod unknown_gateway_class;
mod unknown_grant_source;
mod unknown_parent;
mod unknown_parent_service;
mod unknown_route_backend;
mod unknown_section;
mod unsupported_backend;
mod unsupported_filter;
mod unsupported_listener_protocol;
mod weightless_split;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &unknown_parent::RULE,
    &unknown_section::RULE,
    &host_of_no_listener::RULE,
    &unknown_route_backend::RULE,
    &ungranted_backend::RULE,
    &unknown_backend_port::RULE,
    &weightless_split::RULE,
    &unsupported_filter::RULE,
    &unsupported_backend::RULE,
    &unknown_parent_service::RULE,
    &shared_listener::RULE,
    &shared_address::RULE,
    &gateway_listener_taken_twice::RULE,
    &unknown_gateway_class::RULE,
    &unknown_grant_source::RULE,
    &ungranted_certificate::RULE,
    &unknown_certificate::RULE,
    &unsupported_listener_protocol::RULE,
    &two_masters::RULE,
];
