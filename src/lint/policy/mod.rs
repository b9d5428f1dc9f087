//! What PeerAuthentication, AuthorizationPolicy and RequestAuthentication may say (codes `MG40xx` and `MG41xx`).

mod action_without_rules;
pub mod condition;
mod denied_bytes;
mod empty_policy_value;
mod identity_before_authentication;
mod identity_said_twice;
mod key_of_the_issuer;
mod key_set;
mod misplaced_provider;
mod port_modes_without_selector;
mod rule_part_without_field;
mod token_of_nobody;
mod unreachable_key_set;
mod unreadable_key_set;
mod unusable_address;
mod unusable_claim_header;
mod unusable_condition;
mod unusable_dry_run;
mod unusable_policy_path;
mod unusable_policy_port;
mod unusable_port_mode;
mod unusable_service_account;
mod unusable_trust_domain;
pub mod walk;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &port_modes_without_selector::RULE,
    &unusable_port_mode::RULE,
    &action_without_rules::RULE,
    &misplaced_provider::RULE,
    &identity_before_authentication::RULE,
    &rule_part_without_field::RULE,
    &empty_policy_value::RULE,
    &unusable_address::RULE,
    &unusable_policy_port::RULE,
    &unusable_service_account::RULE,
    &identity_said_twice::RULE,
    &unusable_trust_domain::RULE,
    &unusable_policy_path::RULE,
    &unusable_condition::RULE,
    &unusable_dry_run::RULE,
    &denied_bytes::RULE,
    &token_of_nobody::RULE,
    &unreachable_key_set::RULE,
    &unreadable_key_set::RULE,
    &key_of_the_issuer::RULE,
    &unusable_claim_header::RULE,
];
