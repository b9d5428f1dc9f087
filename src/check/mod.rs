//! Does this profile make sense? What passes every rule is a [`Scenario`], the only thing that lowers.

mod address;
mod headers;
mod jobs;
pub mod names;
mod pattern;
#[cfg(test)]
mod proof;
mod walk;

/// Where requests go.
mod traffic {
    pub mod absent_parameter;
    pub mod action_conflict;
    pub mod before_cycle;
    pub mod bytes_without_address;
    pub mod contradictory_export;
    pub mod contradictory_gateway;
    pub mod contradictory_locality;
    pub mod empty_match;
    pub mod empty_setting;
    pub mod hidden_service;
    pub mod host_taken_twice;
    pub mod http_route_on_bytes;
    pub mod lone_pod;
    pub mod path_without_slash;
    pub mod percent_over_100;
    pub mod retries_switched_off;
    pub mod rewritten_twice;
    pub mod route_without_action;
    pub mod second_catch_all;
    pub mod split_total;
    pub mod try_outlives_request;
    pub mod two_actions;
    pub mod unanswered_share;
    pub mod unclear_abort;
    pub mod unclear_balancer;
    pub mod unclear_mirror;
    pub mod unknown_before;
    pub mod unknown_method;
    pub mod unknown_retry_condition;
    pub mod unknown_scheme;
    pub mod unknown_status;
    pub mod unknown_version;
    pub mod unreachable_route;
    pub mod unreadable_pattern;
    pub mod unresolvable_external;
    pub mod unrouted_versions;
    pub mod unusable_answer;
    pub mod unusable_header;
    pub mod unusable_host;
    pub mod unusable_load;
}

/// What runs.
mod base {
    pub mod ambiguous_name;
    pub mod contradictory_expectation;
    pub mod contradictory_injection;
    pub mod empty_service;
    pub mod name_taken_twice;
    pub mod port_taken_twice;
    pub mod request_over_limit;
    pub mod reserved_user;
    pub mod sleep_outlives_grace;
    pub mod suspicious_quantity;
    pub mod unclear_probe;
    pub mod unknown_caller;
    pub mod unknown_port;
    pub mod unknown_service;
    pub mod unpinned_image;
    pub mod unsupported_release;
    pub mod unusable_domain;
    pub mod unusable_file_path;
    pub mod unusable_image;
    pub mod unusable_label;
    pub mod unusable_limits;
    pub mod unusable_manifest;
    pub mod unusable_name;
    pub mod unusable_port_name;
    pub mod unusable_variable;
}

/// Who may call whom.
mod security {
    pub mod dry_run_of_nothing;
    pub mod http_rule_on_bytes;
    pub mod identity_without_mtls;
    pub mod mesh_without_proxies;
    pub mod refused_copies;
    pub mod rule_without_conditions;
    pub mod star_in_the_middle;
    pub mod strict_below_disable;
    pub mod token_without_issuer;
    pub mod unknown_condition;
    pub mod unknown_namespace;
    pub mod unusable_issuer;
    pub mod unusable_path_template;
    pub mod unusable_source;
}

/// How it is watched.
mod observability {
    pub mod alerts_without_data;
    pub mod alerts_without_rules;
    pub mod dashboard_without_requests;
    pub mod log_without_provider;
    pub mod metrics_without_proxies;
    pub mod rules_without_service;
    pub mod shared_log_provider;
    pub mod unclear_receiver;
    pub mod unknown_severity;
    pub mod unrunnable_smoke;
    pub mod unusable_receiver;
    pub mod unusable_runbook_page;
    pub mod unwatchable_promise;
}

/// How it is rolled out.
mod rollout {
    pub mod backward_step;
    pub mod beyond_flagger;
    pub mod engine_without_checks;
    pub mod engine_without_proxies;
    pub mod hasty_interval;
    pub mod idle_load_tester;
    pub mod name_of_the_engine;
    pub mod name_too_long_for_pods;
    pub mod nobody_calls;
    pub mod nobody_to_ask;
    pub mod nothing_to_measure;
    pub mod nothing_to_release;
    pub mod refused_load_tester;
    pub mod several_versions;
    pub mod unusable_autoscaling;
    pub mod unusable_step;
    pub mod version_of_the_engine;
}

/// How it gets to the cluster, and who looks after it.
mod delivery {
    pub mod overdue_review;
    pub mod unordered_delivery;
    pub mod unusable_delivery;
    pub mod unusable_review;
}

use crate::diag::{Diagnostics, Reported};
use crate::profile::Profile;
use crate::rule::Rule;
use crate::source::Str;
use crate::units::date::Date;

pub use delivery::overdue_review::Asked;

/// Every rule over profiles, by code.
pub static RULES: &[&Rule<Profile>] = &[
    &traffic::split_total::RULE,
    &traffic::unknown_version::RULE,
    &traffic::route_without_action::RULE,
    &traffic::two_actions::RULE,
    &traffic::unrouted_versions::RULE,
    &traffic::second_catch_all::RULE,
    &traffic::unknown_before::RULE,
    &traffic::before_cycle::RULE,
    &traffic::unreachable_route::RULE,
    &traffic::empty_match::RULE,
    &traffic::action_conflict::RULE,
    &traffic::empty_setting::RULE,
    &traffic::rewritten_twice::RULE,
    &traffic::unknown_status::RULE,
    &traffic::unclear_abort::RULE,
    &traffic::retries_switched_off::RULE,
    &traffic::unknown_retry_condition::RULE,
    &traffic::try_outlives_request::RULE,
    &traffic::http_route_on_bytes::RULE,
    &traffic::unusable_header::RULE,
    &traffic::unreadable_pattern::RULE,
    &traffic::unknown_method::RULE,
    &traffic::path_without_slash::RULE,
    &traffic::lone_pod::RULE,
    &traffic::unclear_balancer::RULE,
    &traffic::unanswered_share::RULE,
    &traffic::unclear_mirror::RULE,
    &traffic::unknown_scheme::RULE,
    &traffic::unusable_answer::RULE,
    &traffic::contradictory_gateway::RULE,
    &traffic::unusable_host::RULE,
    &traffic::unresolvable_external::RULE,
    &traffic::percent_over_100::RULE,
    &traffic::bytes_without_address::RULE,
    &traffic::absent_parameter::RULE,
    &traffic::host_taken_twice::RULE,
    &traffic::unusable_load::RULE,
    &traffic::contradictory_locality::RULE,
    &traffic::hidden_service::RULE,
    &traffic::contradictory_export::RULE,
    &base::empty_service::RULE,
    &base::unusable_name::RULE,
    &base::unusable_port_name::RULE,
    &base::unusable_label::RULE,
    &base::unusable_variable::RULE,
    &base::unusable_file_path::RULE,
    &base::unusable_domain::RULE,
    &base::name_taken_twice::RULE,
    &base::port_taken_twice::RULE,
    &base::unusable_image::RULE,
    &base::unpinned_image::RULE,
    &base::request_over_limit::RULE,
    &base::suspicious_quantity::RULE,
    &base::unclear_probe::RULE,
    &base::reserved_user::RULE,
    &base::sleep_outlives_grace::RULE,
    &base::contradictory_injection::RULE,
    &base::unsupported_release::RULE,
    &base::unknown_service::RULE,
    &base::unknown_caller::RULE,
    &base::unknown_port::RULE,
    &base::ambiguous_name::RULE,
    &base::unusable_manifest::RULE,
    &base::contradictory_expectation::RULE,
    &base::unusable_limits::RULE,
    &security::http_rule_on_bytes::RULE,
    &security::unusable_source::RULE,
    &security::unusable_path_template::RULE,
    &security::star_in_the_middle::RULE,
    &security::unknown_condition::RULE,
    &security::identity_without_mtls::RULE,
    &security::rule_without_conditions::RULE,
    &security::unknown_namespace::RULE,
    &security::strict_below_disable::RULE,
    &security::mesh_without_proxies::RULE,
    &security::unusable_issuer::RULE,
    &security::token_without_issuer::RULE,
    &security::dry_run_of_nothing::RULE,
    &security::refused_copies::RULE,
    &observability::log_without_provider::RULE,
    &observability::alerts_without_rules::RULE,
    &observability::unwatchable_promise::RULE,
    &observability::unclear_receiver::RULE,
    &observability::unknown_severity::RULE,
    &observability::rules_without_service::RULE,
    &observability::unusable_runbook_page::RULE,
    &observability::alerts_without_data::RULE,
    &observability::unusable_receiver::RULE,
    &observability::shared_log_provider::RULE,
    &observability::dashboard_without_requests::RULE,
    &observability::metrics_without_proxies::RULE,
    &observability::unrunnable_smoke::RULE,
    &rollout::backward_step::RULE,
    &rollout::engine_without_checks::RULE,
    &rollout::nobody_to_ask::RULE,
    &rollout::several_versions::RULE,
    &rollout::nothing_to_measure::RULE,
    &rollout::nothing_to_release::RULE,
    &rollout::unusable_autoscaling::RULE,
    &rollout::name_of_the_engine::RULE,
    &rollout::version_of_the_engine::RULE,
    &rollout::beyond_flagger::RULE,
    &rollout::hasty_interval::RULE,
    &rollout::unusable_step::RULE,
    &rollout::idle_load_tester::RULE,
    &rollout::nobody_calls::RULE,
    &rollout::refused_load_tester::RULE,
    &rollout::name_too_long_for_pods::RULE,
    &rollout::engine_without_proxies::RULE,
    &delivery::unusable_delivery::RULE,
    &delivery::unordered_delivery::RULE,
    &delivery::unusable_review::RULE,
];

/// Every rule that must be told what day it is, by code. [`check`] asks none of them: [`as_of`] does.
pub static DATED_RULES: &[&Rule<Asked>] = &[&delivery::overdue_review::RULE];

/// A profile that passed every check. Only [`check`] makes one.
#[derive(Clone, Debug)]
pub struct Scenario {
    name: Str,
    profile: Profile,
}

impl Scenario {
    /// The scenario's name: that of its profile and of its folder.
    pub fn name(&self) -> &Str {
        &self.name
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }
}

/// Asks every rule; warnings pass.
///
/// # Errors
/// When any rule finds an error.
pub fn check(name: Str, profile: Profile, diags: &mut Diagnostics) -> Result<Scenario, Reported> {
    for rule in RULES {
        rule.apply(&profile, diags);
    }
    diags.ok()?;
    Ok(Scenario { name, profile })
}

/// Asks, of a profile that passed, what depends on the day.
pub fn as_of(profile: &Profile, day: Date, diags: &mut Diagnostics) {
    let Some(review) = &profile.policy_review else { return };
    let asked = Asked { review: review.clone(), day };
    for rule in DATED_RULES {
        rule.apply(&asked, diags);
    }
}
