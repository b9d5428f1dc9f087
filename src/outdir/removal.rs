//! Scenarios that are gone: how to find their folders and what to delete in them.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::bundle::Product;
use crate::bundle::inventory::{FILE_NAME, Inventory};
use crate::outdir::Problem;
use crate::outdir::ground::{self, Standing};
use crate::outdir::plan::Plan;
use crate::outdir::scene::{check_out, read_old};
use crate::outdir::survey::survey;
use crate::outdir::wanted::{Wanted, check_scenario};

/// The folders in `out` that are meshgen's, by their inventory, but have the name of no known scenario; sorted.
///
/// # Errors
/// `World` when `out` cannot be listed; an `out` that is missing has none.
pub fn orphans(out: &Path, known: &[&str]) -> Result<Vec<String>, Problem> {
    if matches!(fs::metadata(out), Err(error) if error.kind() == ErrorKind::NotFound) {
        return Ok(Vec::new());
    }
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let mut orphans = ground::entries(out)?;
    orphans.retain(|it| !known.contains(it.as_str()));
    let mut found = Vec::new();
    for name in orphans {
        let folder = out.join(&name);
        let is_ours = ground::standing(&folder)? == Standing::Folder
            && ground::standing(&folder.join(FILE_NAME))? == Standing::File;
        // A plan or a handbook beside the scenarios has a life of its own. An inventory that cannot be read is told of
        // by the removal.
        let is_other = |it: Inventory| it.product != Product::Manifests;
        let other = || read_old(&folder).ok().flatten().is_some_and(|it| is_other(it.inventory));
        if is_ours && !other() {
            found.push(name);
        }
    }
    Ok(found)
}

/// What to delete so that the scenario is gone.
pub(super) fn plan(out: &Path, scenario: &str) -> Result<Plan<'static>, Problem> {
    check_scenario(scenario)?;
    check_out(out)?;
    let root = out.join(scenario);
    let shown = root.display().to_string();
    let plan = survey(&root, &Wanted::none(), None)?;
    if plan.old.is_none() {
        let line = format!("`{shown}` is not a folder of meshgen's: it has no inventory");
        return Err(Problem::refused(line, "delete it yourself if nobody needs it"));
    }
    Ok(plan)
}
