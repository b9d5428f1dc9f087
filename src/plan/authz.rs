//! From no rules to deny by default: tried first, then in force, then whatever they do not allow is refused.
//!
//! Each of these states is one that `authz` can say. Rules come a step before the default that refuses: the other way
//! round nobody would be let in for as long as the step lasts.

use crate::plan::{Act, Step};
use crate::profile::security::Access;
use crate::profile::{Authz, Profile};
use crate::source::Spanned;
use crate::yaml::Named;

/// The states before and up to the profile's own, where it refuses by default; else its own alone.
pub fn steps(profile: &Profile) -> Vec<Step> {
    let authz = &profile.authz;
    let state = |authz: Authz| Profile { authz, expect: Named::default(), ..profile.clone() };
    let step =
        |name: &str, act: Act, authz: Authz| Step { name: name.to_owned(), act, profile: state(authz) };
    if authz.default.value == Access::Allow {
        return vec![step("start", Act::Start, authz.clone())];
    }
    let open = authz.default.with(Access::Allow);
    let none = Authz {
        default: open,
        allow: Named::default(),
        deny: Named::default(),
        dry_run: authz.dry_run.with(false),
    };
    let mut steps = vec![step("start", Act::Start, none)];
    if !(authz.allow.is_empty() && authz.deny.is_empty()) {
        let rules = Authz { default: open, ..authz.clone() };
        if !authz.dry_run.value {
            let tried = Authz { dry_run: Spanned::made(true), ..rules.clone() };
            steps.push(step("rules-dry-run", Act::TryRules, tried));
        }
        steps.push(step("rules", Act::Rules, rules));
    }
    steps.push(step("deny-all", Act::DenyAll, authz.clone()));
    steps
}
