//! The steps of a rollout: whole percents that go up and end with everything.

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::profile::Profile;
use crate::source::{Span, Spanned, Text};
use crate::units::Weight;

/// Of who says nothing, on the command line or in the profile.
const USUAL: [u32; 3] = [10, 50, 100];

const HELP: &str = "steps are whole percents of the new version that go up, as `10,50,100`";

/// The steps of `--steps`, of the profile's `rollout`, or the usual ones. Whatever the last step says, the new version
/// gets everything in the end.
///
/// # Errors
/// Every step that is no percent from 1 to 100 or does not go up.
pub fn ladder(
    asked: Option<&Text>,
    profile: &Profile,
    diags: &mut Diagnostics,
) -> Result<Vec<u32>, Reported> {
    let before = diags.errors();
    let mut steps = match (asked, &profile.rollout) {
        (Some(text), _) => typed(text, diags),
        (None, Some(rollout)) => rollout.steps.iter().filter_map(|it| of_profile(*it, diags)).collect(),
        (None, None) => USUAL.to_vec(),
    };
    if diags.errors() > before {
        diags.ok()?;
    }
    if steps.last() != Some(&100) {
        steps.push(100);
    }
    Ok(steps)
}

fn typed(text: &Text, diags: &mut Diagnostics) -> Vec<u32> {
    let mut steps: Vec<u32> = Vec::new();
    let mut start = text.span.lo;
    for part in text.split(',') {
        let length = u32::try_from(part.len()).unwrap_or_default();
        let span = Span { lo: start, hi: start + length };
        start = span.hi + 1;
        match percent(part) {
            Ok(step) => {
                if let Some(last) = steps.last().filter(|it| **it >= step) {
                    let message = format!("the step from {last} to {step} % does not go up");
                    diags.push(Diagnostic::error(code::UNCLEAR_STEPS, span, message).help(HELP));
                }
                steps.push(step);
            }
            Err(message) => diags.push(Diagnostic::error(code::UNCLEAR_STEPS, span, message).help(HELP)),
        }
    }
    steps
}

fn percent(part: &str) -> Result<u32, String> {
    let bare = part.trim();
    let digits = bare.strip_suffix('%').unwrap_or(bare);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Err(format!("`{}` is no whole percent", bare.escape_debug()));
    }
    match digits.parse() {
        Ok(step @ 1..=100) => Ok(step),
        Ok(_) | Err(_) => Err(format!("`{digits}` is no percent from 1 to 100")),
    }
}

fn of_profile(step: Spanned<Weight>, diags: &mut Diagnostics) -> Option<u32> {
    if (1..=100).contains(&step.value.0) {
        return Some(step.value.0);
    }
    let message = format!("a step of {step} % cannot be planned");
    diags.push(Diagnostic::error(code::UNCLEAR_STEPS, step.span, message).help(HELP));
    None
}
