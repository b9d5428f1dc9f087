//! What is asked of objects of many kinds alike: selectors, targets, exports, durations (codes `MG309x`).

mod contradictory_export_to;
mod dry_run_elsewhere;
mod empty_selector;
mod fraction_of_millisecond;
mod reserved_annotation;
mod two_targets;
mod unknown_target;
mod wildcard_selector;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &wildcard_selector::RULE,
    &empty_selector::RULE,
    &two_targets::RULE,
    &unknown_target::RULE,
    &reserved_annotation::RULE,
    &dry_run_elsewhere::RULE,
    &contradictory_export_to::RULE,
    &fraction_of_millisecond::RULE,
];
