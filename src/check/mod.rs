//! Does this profile make sense? What passes every rule is a [`Scenario`], the only thing that lowers.

mod split_total;

use crate::diag::{Diagnostics, Reported};
use crate::profile::Profile;
use crate::rule::Rule;
use crate::source::Str;

/// Every rule over profiles, by code.
pub static RULES: &[&Rule<Profile>] = &[&split_total::RULE];

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
