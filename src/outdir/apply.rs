//! Makes a folder as planned, in an order that a kill at any moment cannot harm.

use std::collections::BTreeSet;
use std::fs::{self, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::bundle::inventory::{FILE_NAME, Inventory, SCRATCH_NAME};
use crate::outdir::disk::Disk;
use crate::outdir::ground::{self, Standing};
use crate::outdir::plan::{Clearing, Plan};
use crate::outdir::{Problem, Summary};

const AGAIN: &str = "no file is half written: mend the cause, then run the command again";

/// See [`crate::outdir::apply`].
pub fn apply(
    disk: &mut dyn Disk,
    plan: &Plan,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Summary, Problem> {
    let summary = plan.summary();
    if plan.is_clean() {
        return Ok(summary);
    }
    let mut done = 0;
    let total = plan.writes.len() + summary.deleted;
    let mut step = || {
        done += 1;
        progress(done, total);
    };
    let mut writer = Writer { disk, root: &plan.root, folders: BTreeSet::new() };
    writer.make_root()?;
    let _lock = writer.lock()?;
    writer.check_inventory(plan)?;
    if plan.leftover {
        writer.remove_file(SCRATCH_NAME)?;
    }
    let known = writer.announce(plan, total)?;
    writer.clear(&plan.before, &mut step)?;
    for write in &plan.writes {
        writer.write(&write.file.path, &write.file.text)?;
        step();
    }
    writer.clear(&plan.after, &mut step)?;
    match &plan.goal_text {
        Some(text) if known.as_ref() == Some(text) => {}
        Some(text) => writer.write(FILE_NAME, text)?,
        None => {
            writer.remove_file(FILE_NAME)?;
            writer.remove_folder("")?;
        }
    }
    Ok(summary)
}

struct Writer<'a> {
    disk: &'a mut dyn Disk,
    root: &'a Path,
    /// Those that were made or looked at, and are no links.
    folders: BTreeSet<String>,
}

impl Writer<'_> {
    fn make_root(&mut self) -> Result<(), Problem> {
        let out = self.root.parent().unwrap_or(self.root);
        let missing: Vec<&Path> =
            out.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            self.disk.create_dir(folder).map_err(|error| failed("make", folder, &error))?;
        }
        self.make_folder("")
    }

    /// Keeps a second meshgen out until the file is dropped. Where folders cannot be locked, there is none.
    fn lock(&self) -> Result<Option<fs::File>, Problem> {
        let Ok(folder) = fs::File::open(self.root) else { return Ok(None) };
        match folder.try_lock() {
            Ok(()) => Ok(Some(folder)),
            Err(TryLockError::Error(_)) => Ok(None),
            Err(TryLockError::WouldBlock) => {
                let line = format!("another meshgen is writing to `{}`", self.root.display());
                Err(Problem::hindered(line, "wait until it is done, then run the command again"))
            }
        }
    }

    /// A plan is worth nothing if someone rendered since it was made.
    fn check_inventory(&self, plan: &Plan) -> Result<(), Problem> {
        let path = self.root.join(FILE_NAME);
        let now = match fs::read(&path) {
            Ok(it) => Some(it),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed("read", &path, &error)),
        };
        if now.as_deref() == plan.old.as_ref().map(|it| it.text.as_bytes()) {
            return Ok(());
        }
        let line = format!("`{}` has changed in the meantime", path.display());
        Err(Problem::hindered(line, "nothing was written: run the command again"))
    }

    /// Lists what is ours now and what will be, before any file changes; gives the inventory's text as it is then.
    fn announce(&mut self, plan: &Plan, changes: usize) -> Result<Option<String>, Problem> {
        let old_text = plan.old.as_ref().map(|it| it.text.clone());
        let Some(goal) = plan.goal.as_ref().filter(|_| changes > 0) else { return Ok(old_text) };
        let union = plan.old.as_ref().map_or_else(|| goal.clone(), |it| it.inventory.union(goal));
        let text = Inventory::to_json(&union);
        if old_text.as_ref() != Some(&text) {
            self.write(FILE_NAME, &text)?;
        }
        Ok(Some(text))
    }

    fn clear(&mut self, clearing: &Clearing, step: &mut dyn FnMut()) -> Result<(), Problem> {
        for path in &clearing.files {
            self.remove_file(path)?;
            step();
        }
        for path in &clearing.folders {
            self.remove_folder(path)?;
        }
        Ok(())
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(folder)?;
        }
        let (scratch, place) = (self.root.join(SCRATCH_NAME), self.root.join(path));
        let written = self.disk.write_new(&scratch, text);
        written.and_then(|()| self.disk.rename(&scratch, &place)).map_err(|error| {
            // The first error is the one to tell; what cannot be removed now is removed by the next run.
            let _ = self.disk.remove_file(&scratch);
            failed("write", &place, &error)
        })
    }

    fn make_folder(&mut self, path: &str) -> Result<(), Problem> {
        if !self.folders.contains(path) {
            if let Some((above, _)) = path.rsplit_once('/') {
                self.make_folder(above)?;
            }
            if !self.is_folder(path)? {
                let place = self.place(path);
                self.disk.create_dir(&place).map_err(|error| failed("make", &place, &error))?;
                self.folders.insert(path.to_owned());
            }
        }
        Ok(())
    }

    /// Whether a folder is there; a link that took its place since the plan was made ends the run.
    fn is_folder(&mut self, path: &str) -> Result<bool, Problem> {
        if self.folders.contains(path) {
            return Ok(true);
        }
        if !self.is_reachable(path)? {
            return Ok(false);
        }
        let place = self.place(path);
        match ground::standing(&place)? {
            Standing::Folder => Ok(self.folders.insert(path.to_owned())),
            Standing::Missing | Standing::File | Standing::Other => Ok(false),
            Standing::Link => {
                Err(Problem::hindered(format!("`{}` has become a symbolic link", place.display()), AGAIN))
            }
        }
    }

    fn is_reachable(&mut self, path: &str) -> Result<bool, Problem> {
        path.rsplit_once('/').map_or(Ok(true), |(above, _)| self.is_folder(above))
    }

    fn remove_file(&mut self, path: &str) -> Result<(), Problem> {
        if !self.is_reachable(path)? {
            return Ok(());
        }
        let place = self.root.join(path);
        let removed = self.disk.remove_file(&place);
        unless(removed, &[ErrorKind::NotFound]).map_err(|error| failed("delete", &place, &error))
    }

    /// A folder that holds something else stays.
    fn remove_folder(&mut self, path: &str) -> Result<(), Problem> {
        if !self.is_reachable(path)? {
            return Ok(());
        }
        let place = self.place(path);
        let removed = self.disk.remove_dir(&place);
        let fine = [ErrorKind::NotFound, ErrorKind::NotADirectory, ErrorKind::DirectoryNotEmpty];
        self.folders.remove(path);
        unless(removed, &fine).map_err(|error| failed("delete", &place, &error))
    }

    fn place(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.to_path_buf() } else { self.root.join(path) }
    }
}

fn unless(result: io::Result<()>, fine: &[ErrorKind]) -> io::Result<()> {
    result.or_else(|error| if fine.contains(&error.kind()) { Ok(()) } else { Err(error) })
}

fn failed(act: &str, path: &Path, error: &io::Error) -> Problem {
    Problem::world(act, path, error).help(AGAIN)
}
