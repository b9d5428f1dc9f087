//! Compares a bundle with a folder: what to write, what to delete, and what forbids both.

use std::collections::BTreeSet;
use std::path::Path;

use crate::bundle::inventory::{Inventory, SCRATCH_NAME};
use crate::bundle::{Bundle, File, Product};
use crate::outdir::Problem;
use crate::outdir::ground::{self, Ground, Spot, Standing};
use crate::outdir::plan::{Clearing, Plan, What, Write};
use crate::outdir::problem::Refusals;
use crate::outdir::scene::{check_out, read_old};
use crate::outdir::wanted::{Wanted, above};

/// The advice for what stands in the way.
pub const MOVE: &str = "move it away or delete it, then run the command again";
/// The advice for links.
pub const UNLINK: &str =
    "links are neither followed nor replaced: remove the link, then run the command again";
const KEEP: &str = "carry the change over to the profile or move the file elsewhere, then delete it and run the command again";
const EMPTY: &str = "name an empty folder, or move the content away, then run the command again";

/// See [`crate::outdir::plan`].
pub fn plan<'a>(bundle: &'a Bundle, out: &Path) -> Result<Plan<'a>, Problem> {
    let wanted = Wanted::of(bundle)?;
    check_out(out)?;
    survey(&out.join(&bundle.scenario), &wanted, Some(Inventory::of(bundle)))
}

/// The same for any files; without a goal, the scenario is to go.
pub fn survey<'a>(root: &Path, wanted: &Wanted<'a>, goal: Option<Inventory>) -> Result<Plan<'a>, Problem> {
    let old = read_old(root)?;
    let mut plan = Plan {
        root: root.to_path_buf(),
        writes: Vec::new(),
        unchanged: 0,
        before: Clearing::default(),
        after: Clearing::default(),
        goal_text: goal.as_ref().map(Inventory::to_json),
        goal,
        leftover: false,
        old: None,
    };
    if let (Some(old), Some(goal)) = (&old, &plan.goal) {
        same_product(root, old.inventory.product, goal.product)?;
    }
    let nothing = Inventory { product: Product::Manifests, scenario: String::new(), files: Vec::new() };
    let inventory = old.as_ref().map_or(&nothing, |it| &it.inventory);
    let mut survey = Survey {
        ground: Ground::new(root),
        wanted,
        old: inventory,
        stale_folders: stale_folders(inventory, wanted),
        refusals: Refusals::default(),
    };
    if old.is_none() {
        survey.take_over()?;
    }
    plan.leftover = survey.leftover()?;
    survey.writes(&mut plan)?;
    survey.stale(&mut plan)?;
    survey.refusals.ok()?;
    plan.old = old;
    Ok(plan)
}

/// A plan written over manifests would take them away: they are in the inventory, and not in the plan.
fn same_product(root: &Path, old: Product, new: Product) -> Result<(), Problem> {
    if old == new {
        return Ok(());
    }
    let line = format!(
        "`{}` holds {} of meshgen's, whose place {} would take",
        root.display(),
        old.title(),
        new.title()
    );
    Err(Problem::refused(line, "name another folder with `--out`"))
}

/// The folders above stale files, whether these are still there or not, that nothing wanted needs.
fn stale_folders<'i>(old: &'i Inventory, wanted: &Wanted) -> BTreeSet<&'i str> {
    let stale = old.files.iter().filter(|it| !wanted.paths.contains(it.path.as_str()));
    stale.flat_map(|it| above(&it.path)).filter(|it| !wanted.folders.contains(it)).collect()
}

struct Survey<'s, 'a> {
    ground: Ground<'s>,
    wanted: &'s Wanted<'a>,
    old: &'s Inventory,
    stale_folders: BTreeSet<&'s str>,
    refusals: Refusals,
}

impl<'a> Survey<'_, 'a> {
    /// A folder without an inventory may hold nothing but what would be written, until each file is compared.
    fn take_over(&mut self) -> Result<(), Problem> {
        if ground::standing(&self.ground.place(""))? == Standing::Missing {
            return Ok(());
        }
        let is_file = |it: &str| it == SCRATCH_NAME || self.wanted.paths.contains(it);
        let is_folder = |it: &str| self.wanted.folders.contains(it);
        let Some(foreign) = self.ground.foreign_below("", &is_file, &is_folder)? else { return Ok(()) };
        let root = self.ground.place("");
        let line = format!(
            "`{}` is not a folder of meshgen's: it has no inventory, but `{foreign}`",
            root.display()
        );
        Err(Problem::refused(line, EMPTY))
    }

    fn leftover(&mut self) -> Result<bool, Problem> {
        match self.ground.at(SCRATCH_NAME)? {
            Spot::Free(Standing::Missing) => Ok(false),
            Spot::Free(Standing::File) => Ok(true),
            Spot::Free(it) | Spot::Blocked(_, it) => {
                self.refuse(SCRATCH_NAME, it);
                Ok(false)
            }
        }
    }

    fn writes(&mut self, plan: &mut Plan<'a>) -> Result<(), Problem> {
        for file in self.wanted.files {
            let why = match self.ground.at(&file.path)? {
                Spot::Free(Standing::Missing) => Some(What::Missing),
                Spot::Free(Standing::File) => self.compared(file)?,
                Spot::Free(Standing::Folder) => self.instead_of_folder(&file.path)?,
                Spot::Blocked(by, Standing::File) if self.old.lists(&by) => Some(What::Missing),
                Spot::Free(it) => self.refuse(&file.path, it),
                Spot::Blocked(by, it) => self.refuse(&by, it),
            };
            match why {
                Some(why) => plan.writes.push(Write { file, why }),
                None => plan.unchanged += 1,
            }
        }
        plan.writes.sort_by_key(|it| &it.file.path);
        Ok(())
    }

    fn compared(&mut self, file: &File) -> Result<Option<What>, Problem> {
        let Some(digest) = ground::differs(&self.ground.place(&file.path), &file.text)? else {
            return Ok(None);
        };
        Ok(match self.old.lists(&file.path) {
            false => self.refuse(&file.path, Standing::File),
            true if self.old.digests(&file.path).any(|it| it == digest) => Some(What::OutOfDate),
            true => Some(What::Edited),
        })
    }

    /// A folder makes room for a file only if everything in it is stale.
    fn instead_of_folder(&mut self, path: &str) -> Result<Option<What>, Problem> {
        if !self.stale_folders.contains(path) {
            return Ok(self.refuse(path, Standing::Folder));
        }
        let is_folder = |it: &str| self.stale_folders.contains(it);
        let foreign = self.ground.foreign_below(path, &|it| self.old.lists(it), &is_folder)?;
        let Some(foreign) = foreign else { return Ok(Some(What::Missing)) };
        let (place, foreign) = (self.ground.place(path), self.ground.place(&foreign));
        let line = format!("`{}` is to become a file, but holds `{}`", place.display(), foreign.display());
        self.refusals.push(line, MOVE);
        Ok(None)
    }

    fn stale(&mut self, plan: &mut Plan<'a>) -> Result<(), Problem> {
        let mut last = "";
        for path in self.old.files.iter().map(|it| it.path.as_str()) {
            let repeated = std::mem::replace(&mut last, path) == path;
            if !repeated && !self.wanted.paths.contains(path) && self.is_to_go(path)? {
                let clearing = if self.wanted.bars(path) { &mut plan.before } else { &mut plan.after };
                clearing.files.push(path.to_owned());
            }
        }
        for folder in self.stale_folders.iter().rev() {
            let clearing = if self.wanted.bars(folder) { &mut plan.before } else { &mut plan.after };
            clearing.folders.push((*folder).to_owned());
        }
        Ok(())
    }

    /// Whether a stale file is there, and is as we left it.
    fn is_to_go(&mut self, path: &str) -> Result<bool, Problem> {
        match self.ground.at(path)? {
            Spot::Free(Standing::File) => {}
            Spot::Free(Standing::Missing | Standing::Folder) | Spot::Blocked(_, Standing::File) => {
                return Ok(false);
            }
            Spot::Free(it) => return Ok(self.refuse(path, it).is_some()),
            Spot::Blocked(by, it) => return Ok(self.refuse(&by, it).is_some()),
        }
        let place = self.ground.place(path);
        let digest = ground::digest(&place)?;
        let ours = self.old.digests(path).any(|it| it == digest);
        if !ours {
            let line =
                format!("`{}` is no longer wanted, but was edited by hand, so it is kept", place.display());
            self.refusals.push(line, KEEP);
        }
        Ok(ours)
    }

    /// Notes that something stands in the way; always `None`, since nothing is to be written there.
    fn refuse(&mut self, path: &str, standing: Standing) -> Option<What> {
        let place = self.ground.place(path);
        let place = place.display();
        let (line, help) = match standing {
            Standing::Link => (format!("`{place}` is a symbolic link"), UNLINK),
            Standing::Folder => (format!("`{place}` is a folder, and a file is to be written there"), MOVE),
            Standing::File => {
                (format!("`{place}` is in the way and not meshgen's: no inventory lists it"), MOVE)
            }
            Standing::Other | Standing::Missing => {
                (format!("`{place}` is neither a file nor a folder"), MOVE)
            }
        };
        self.refusals.push(line, help);
        None
    }
}
