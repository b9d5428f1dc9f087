//! One file of the user's, given another content in one step.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::outdir::Problem;
use crate::outdir::ground::{self, Standing};

const NOTHING_LOST: &str = "the file is as it was";

/// Puts `new` in the place of `old`, with the permissions that the file had.
///
/// # Errors
/// A link, a file that may not be written, or one that is no longer `old`; and whatever hinders writing. The file is then
/// as it was.
pub fn replace(path: &Path, old: &str, new: &str) -> Result<(), Problem> {
    let shown = path.display();
    match ground::standing(path)? {
        Standing::File => {}
        Standing::Link => {
            let line = format!("`{shown}` is a link, and is not mended through it");
            return Err(Problem::hindered(line, "name the file that it leads to"));
        }
        Standing::Missing | Standing::Folder | Standing::Other => {
            return Err(Problem::hindered(format!("`{shown}` is no longer a file"), "run the command again"));
        }
    }
    let failed = |error: &std::io::Error| Problem::world("write", path, error).help(NOTHING_LOST);
    let now = fs::read(path).map_err(|it| failed(&it))?;
    if now != old.as_bytes() {
        let line = format!("`{shown}` has changed in the meantime");
        return Err(Problem::hindered(line, "nothing was written to it: run the command again"));
    }
    let permissions = fs::metadata(path).map_err(|it| failed(&it))?.permissions();
    if permissions.readonly() {
        let line = format!("`{shown}` may not be written");
        return Err(Problem::hindered(line, "give yourself the permission to write it"));
    }
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".meshgen");
    let scratch = path.with_file_name(name);
    let written = fs::File::create_new(&scratch).and_then(|mut it| it.write_all(new.as_bytes()));
    let placed = written
        .and_then(|()| fs::set_permissions(&scratch, permissions))
        .and_then(|()| fs::rename(&scratch, path));
    placed.map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&scratch);
        failed(&error)
    })
}
