//! `meshgen init`: a repository that works as it is: a profile, its schema, a CI workflow and a .gitignore.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::args::InitArgs;
use crate::cli::starter::{SCENARIO, Starter};
use crate::cli::world::{Outcome, World};
use crate::profile::schema;

const IGNORE: &str = "\
# What an interrupted write may leave behind.
.meshgen-tmp
";

/// Writes the files; refuses to touch one that is there already.
pub fn run(args: &InitArgs, world: &mut World) -> Outcome {
    let starter = Starter::new(args.gitops, &args.with);
    let (schema, profile, workflow) = (schema::text(), starter.profile(), starter.workflow());
    let name = format!("profiles/{SCENARIO}.yaml");
    let files = [
        (name.as_str(), profile.as_str()),
        ("profiles/profile.schema.json", schema.as_str()),
        (".github/workflows/meshgen.yml", workflow.as_str()),
        (".gitignore", IGNORE),
    ];
    let place = |path: &str| args.dir.strip_prefix(".").unwrap_or(&args.dir).join(path);
    let there: Vec<PathBuf> =
        files.iter().map(|(path, _)| place(path)).filter(|it| it.symlink_metadata().is_ok()).collect();
    if !there.is_empty() {
        let names: Vec<String> = there.iter().map(|it| format!("`{}`", it.display())).collect();
        let s = if there.len() == 1 { "is" } else { "are" };
        Err(anyhow::anyhow!(
            "{} {s} there already; nothing was written: start in an empty folder",
            names.join(", ")
        ))?;
    }
    for (index, (path, text)) in files.iter().enumerate() {
        if let Err(error) = write_new(&place(path), text) {
            // What is left of a repository that could not be written would only forbid to start again.
            for (path, _) in &files[..=index] {
                let _ = fs::remove_file(place(path));
            }
            return Err(error.into());
        }
    }
    for (path, _) in files {
        world.say(&format!("wrote {}", place(path).display()));
    }
    world.say(&starter.next());
    Ok(())
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let write = || fs::File::create_new(path)?.write_all(text.as_bytes());
    write().with_context(|| format!("cannot write `{}`", path.display()))
}
