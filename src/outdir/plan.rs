//! What has to change in a folder, and how to say it.

use std::path::PathBuf;

use crate::bundle::File;
use crate::bundle::inventory::{FILE_NAME, Inventory, SCRATCH_NAME};
use crate::outdir::Summary;

/// What has to change in a folder.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) root: PathBuf,
    pub(super) writes: Vec<Write<'a>>,
    pub(super) unchanged: usize,
    /// What must go before anything can be written: a file where a folder is to be, or the other way round.
    pub(super) before: Clearing,
    pub(super) after: Clearing,
    pub(super) old: Option<Old>,
    /// `None` if the scenario is to go.
    pub(super) goal: Option<Inventory>,
    pub(super) goal_text: Option<String>,
    /// Whether a killed run left its half-written file.
    pub(super) leftover: bool,
}

#[derive(Debug)]
pub(super) struct Write<'a> {
    pub file: &'a File,
    pub why: What,
}

/// Stale files, sorted, and the folders above them, the deepest first.
#[derive(Debug, Default)]
pub(super) struct Clearing {
    pub files: Vec<String>,
    pub folders: Vec<String>,
}

/// The inventory found.
#[derive(Debug)]
pub(super) struct Old {
    pub text: String,
    pub inventory: Inventory,
}

/// One file that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift<'a> {
    /// Relative to the scenario's folder.
    pub path: &'a str,
    /// What is wrong with it.
    pub what: What,
}

/// What is wrong with a file of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is not there.
    Missing,
    /// It is as meshgen wrote it, but would be written differently now.
    OutOfDate,
    /// It is neither what meshgen wrote nor what it would write now.
    Edited,
    /// The scenario no longer has it.
    Stale,
    /// A run that was killed left it behind.
    Leftover,
}

impl What {
    /// The end of a sentence that begins with the path.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::OutOfDate => "is out of date",
            Self::Edited => "was edited by hand",
            Self::Stale => "is no longer part of the scenario",
            Self::Leftover => "was left behind by a run that was cut short",
        }
    }
}

impl Plan<'_> {
    /// Whether the folder is as it should be.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.drift().is_empty()
    }

    /// Every file that is not as it should be, the inventory among them, sorted by path.
    #[must_use]
    pub fn drift(&self) -> Vec<Drift<'_>> {
        let stale = self.before.files.iter().chain(&self.after.files);
        let mut all: Vec<Drift> = stale.map(|path| Drift { path, what: What::Stale }).collect();
        all.extend(self.writes.iter().map(|it| Drift { path: &it.file.path, what: it.why }));
        if self.leftover {
            all.push(Drift { path: SCRATCH_NAME, what: What::Leftover });
        }
        let old_text = self.old.as_ref().map(|it| it.text.as_str());
        if old_text != self.goal_text.as_deref() {
            let what = match (old_text, &self.goal_text) {
                (None, _) => What::Missing,
                (_, None) => What::Stale,
                (Some(_), Some(_)) => What::OutOfDate,
            };
            all.push(Drift { path: FILE_NAME, what });
        }
        all.sort();
        all
    }

    /// What applying will have done.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let created = self.writes.iter().filter(|it| it.why == What::Missing).count();
        Summary {
            created,
            updated: self.writes.len() - created,
            deleted: self.before.files.len() + self.after.files.len(),
            unchanged: self.unchanged,
        }
    }
}
