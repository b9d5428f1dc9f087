//! The single writer: compares a bundle with a folder and makes the folder equal, losing nothing.
//!
//! A scenario lives in `out/<scenario>/`. Its inventory lists the files that are ours, and nothing else is ever
//! replaced or deleted. A folder without an inventory is taken over only if it holds no other files than those that
//! would be written, byte for byte. Links are never followed. `out` itself may be a link: the user named it.
//!
//! Against kills: first the inventory of old and new together, then every file by way of [`SCRATCH_NAME`] and a
//! rename, then what is stale, then the final inventory. Nothing is synced: a kill does not need it, and what a power
//! cut spoils is rendered again. What another program does in the folder within the milliseconds of a run is not
//! guarded against, save that no link is followed; a second meshgen is, by a lock.
//!
//! [`SCRATCH_NAME`]: crate::bundle::inventory::SCRATCH_NAME
#![expect(clippy::disallowed_methods, reason = "the porch")]

mod apply;
mod disk;
mod ground;
#[cfg(test)]
#[cfg(unix)]
mod kill_tests;
mod plan;
mod problem;
mod removal;
mod replace;
mod scene;
mod survey;
#[cfg(test)]
#[cfg(unix)]
mod tests;
mod wanted;

use std::path::Path;

use crate::bundle::Bundle;
use crate::outdir::disk::RealDisk;

pub use crate::outdir::plan::{Drift, Plan, What};
pub use crate::outdir::problem::{Kind, Problem};
pub use crate::outdir::removal::orphans;
pub use crate::outdir::replace::replace;

/// What [`apply`] or [`remove`] did, in files; the inventory does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were not there.
    pub created: usize,
    /// Files that had another content.
    pub updated: usize,
    /// Files that the scenario no longer has.
    pub deleted: usize,
    /// Files that were left alone because they are as they should be.
    pub unchanged: usize,
}

/// What would have to change for `out/<scenario>/` to hold just this bundle. Reads only.
///
/// # Errors
/// `Refused` with every file that stands in the way or that a person has changed and that would be deleted; `World`
/// when something cannot be read, or `out` is no folder and cannot become one.
pub fn plan<'a>(bundle: &'a Bundle, out: &Path) -> Result<Plan<'a>, Problem> {
    survey::plan(bundle, out)
}

/// Makes the folder as planned; if nothing has to change, nothing is touched. After each file, `progress` hears how
/// many of how many are done.
///
/// # Errors
/// `World` when writing fails or the folder is no longer as it was when planned. Every file is then wholly old or
/// wholly new, and planning and applying again completes the work.
pub fn apply(plan: &Plan, progress: &mut dyn FnMut(usize, usize)) -> Result<Summary, Problem> {
    apply::apply(&mut RealDisk, plan, progress)
}

/// Deletes the files of a scenario, its inventory and, if nobody else's files are in it, its folder.
///
/// # Errors
/// As [`plan`] and [`apply`]; `Refused` if the folder has no inventory.
pub fn remove(out: &Path, scenario: &str) -> Result<Summary, Problem> {
    apply::apply(&mut RealDisk, &removal::plan(out, scenario)?, &mut |_, _| {})
}
