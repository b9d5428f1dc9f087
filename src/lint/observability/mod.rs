//! What Telemetry says, by itself and together (codes `MG60xx` and `MG61xx`).

mod cel;
mod contested_telemetry;
mod log_of_nowhere;
mod nameless_tag_override;
mod second_telemetry;
mod second_tracing;
mod tag_without_name;
mod unreadable_log_filter;
mod unusable_sampling;
mod unusable_tag_override;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &unusable_sampling::RULE,
    &tag_without_name::RULE,
    &unusable_tag_override::RULE,
    &nameless_tag_override::RULE,
    &second_tracing::RULE,
    &unreadable_log_filter::RULE,
    &log_of_nowhere::RULE,
    &contested_telemetry::RULE,
    &second_telemetry::RULE,
];
