//! `meshgen completions`: what a shell needs to complete our command line.

use clap::CommandFactory;

use crate::cli::args::{Cli, CompletionsArgs};
use crate::cli::world::{Outcome, World};

/// Prints the completions of a shell.
pub fn run(args: &CompletionsArgs, world: &mut World) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "meshgen", &mut text);
    world.print(&String::from_utf8_lossy(&text))?;
    Ok(())
}
