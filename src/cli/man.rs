//! `meshgen man`: the manual page, or one a command in a folder.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use anyhow::Context;
use clap::CommandFactory;

use crate::cli::args::{Cli, ManArgs};
use crate::cli::world::{Outcome, World};

/// Prints the page of meshgen, or writes all pages.
pub fn run(args: &ManArgs, world: &mut World) -> Outcome {
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
            .with_context(|| format!("cannot write manual pages to `{}`", folder.display()))?;
        return Ok(());
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text)?;
    world.print(&String::from_utf8_lossy(&text))?;
    Ok(())
}
