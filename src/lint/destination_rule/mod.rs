//! What a DestinationRule may say, as Istio's admission webhook judges it (codes `MG31xx`).

mod contradictory_failover;
mod deprecated_setting;
mod empty_policy;
mod failover_without_outlier;
mod foreign_config_map;
mod idle_warmup;
mod incomplete_keepalive;
mod localities;
mod locality_split_total;
mod mutual_without_certificate;
mod negative_limit;
mod overlapping_localities;
mod places;
mod portless_setting;
mod ring_size_twice;
mod second_credential;
mod selector_for_others;
mod share_over_hundred;
mod subset_taken_twice;
mod tls_without_mode;
mod trust_without_verification;
mod tunnel_in_proxy_protocol;
mod two_locality_settings;
mod unclear_cookie;
mod unsplit_local_failures;
mod unusable_destination_host;
mod unusable_failover;
mod unusable_subset_name;
mod unusable_table_size;
mod unusable_tunnel;
mod unverified_host;
mod unverified_port;
mod upgrade_of_client_protocol;
mod verification;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &unusable_destination_host::RULE,
    &empty_policy::RULE,
    &portless_setting::RULE,
    &tunnel_in_proxy_protocol::RULE,
    &unusable_tunnel::RULE,
    &subset_taken_twice::RULE,
    &unusable_subset_name::RULE,
    &upgrade_of_client_protocol::RULE,
    &incomplete_keepalive::RULE,
    &negative_limit::RULE,
    &unsplit_local_failures::RULE,
    &share_over_hundred::RULE,
    &deprecated_setting::RULE,
    &unclear_cookie::RULE,
    &ring_size_twice::RULE,
    &unusable_table_size::RULE,
    &two_locality_settings::RULE,
    &idle_warmup::RULE,
    &contradictory_failover::RULE,
    &locality_split_total::RULE,
    &overlapping_localities::RULE,
    &unusable_failover::RULE,
    &failover_without_outlier::RULE,
    &trust_without_verification::RULE,
    &second_credential::RULE,
    &mutual_without_certificate::RULE,
    &foreign_config_map::RULE,
    &selector_for_others::RULE,
    &tls_without_mode::RULE,
    &unverified_host::RULE,
    &unverified_port::RULE,
];
