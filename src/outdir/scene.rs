//! The folder as it is found: whether `out` can hold it, and the inventory from last time.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::bundle::inventory::{FILE_NAME, Inventory};
use crate::outdir::Problem;
use crate::outdir::ground::{self, Standing};
use crate::outdir::plan::Old;
use crate::outdir::survey::{MOVE, UNLINK};

const RESTORE: &str =
    "restore the inventory from version control, or move the folder away, then run the command again";

/// `out` may be missing, but not the folder that it would be made in.
pub fn check_out(out: &Path) -> Result<(), Problem> {
    let not_folder = |it: &Path| format!("`{}` is not a folder", it.display());
    match fs::metadata(out) {
        Ok(it) if it.is_dir() => return Ok(()),
        Ok(_) => return Err(Problem::hindered(not_folder(out), "name a folder, or one that can be made")),
        Err(error) if error.kind() == ErrorKind::NotFound && out.symlink_metadata().is_ok() => {
            let line = format!("`{}` is a symbolic link to what is not there", out.display());
            return Err(Problem::hindered(line, "make what it points at, or remove the link"));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Problem::world("look at", out, &error)),
    }
    // The folders above are made, too; only what stands there and is no folder is in the way.
    let standing = out.ancestors().skip(1).find(|it| it.symlink_metadata().is_ok());
    match standing.filter(|it| !it.is_dir()) {
        None => Ok(()),
        Some(it) => {
            let line =
                format!("`{}` is to be made below `{}`, which is not a folder", out.display(), it.display());
            Err(Problem::hindered(line, "name another folder, or check the spelling"))
        }
    }
}

/// The inventory of a folder; `None` if there is no inventory, or no folder.
pub fn read_old(root: &Path) -> Result<Option<Old>, Problem> {
    let shown = |it: &Path| it.display().to_string();
    match ground::standing(root)? {
        Standing::Missing => return Ok(None),
        Standing::Folder => {}
        Standing::Link => {
            return Err(Problem::refused(format!("`{}` is a symbolic link", shown(root)), UNLINK));
        }
        Standing::File | Standing::Other => {
            return Err(Problem::refused(format!("`{}` is not a folder", shown(root)), MOVE));
        }
    }
    let path = root.join(FILE_NAME);
    match ground::standing(&path)? {
        Standing::Missing => return Ok(None),
        Standing::File => {}
        Standing::Link => {
            return Err(Problem::refused(format!("`{}` is a symbolic link", shown(&path)), UNLINK));
        }
        Standing::Folder | Standing::Other => {
            return Err(Problem::refused(format!("`{}` is not a regular file", shown(&path)), RESTORE));
        }
    }
    let bytes = fs::read(&path).map_err(|error| Problem::world("read", &path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not text".to_owned());
    let parsed = text.and_then(|text| Inventory::parse(&text).map(|inventory| Old { text, inventory }));
    let refuse = |why| format!("the inventory `{}` cannot be understood: {why}", shown(&path));
    parsed.map(Some).map_err(|why| Problem::refused(refuse(why), RESTORE))
}
