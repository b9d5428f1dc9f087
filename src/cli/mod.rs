//! The porch: what a user types, and the doors to files and terminal. Nothing is decided here.

mod args;
mod completions;
mod explain;
mod folder;
mod gather;
mod gitops;
mod graph;
mod handbook;
mod handover;
mod init;
mod library;
mod lint;
mod list;
mod man;
mod manifests;
mod plan;
mod render;
mod rules;
mod schema;
mod show;
mod starter;
mod validate;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub use args::Cli;
use args::Command;
use world::{Failure, World};

/// Runs meshgen. Exit codes: 0 fine; 1 the input; 2 usage or the world.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return world::usage(&error),
    };
    // What it holds is given back at once when the process ends.
    let mut world = std::mem::ManuallyDrop::new(World::new(cli.profiles, cli.color));
    let outcome = match cli.command {
        Command::Render(args) => render::run(&args, &mut world),
        Command::Validate(args) => validate::run(&args, &mut world),
        Command::Lint(args) => lint::run(&args, &mut world),
        Command::Rules(args) => rules::run(&args, &mut world),
        Command::Explain(args) => explain::run(&args, &mut world),
        Command::Plan(args) => plan::run(&args, &mut world),
        Command::List(args) => list::run(&args, &mut world),
        Command::Show(args) => show::run(&args, &mut world),
        Command::Graph(args) => graph::run(&args, &mut world),
        Command::Gitops(args) => gitops::run(&args, &mut world),
        Command::Handbook(args) => handbook::run(&args, &mut world),
        Command::Schema(args) => schema::run(&args, &mut world),
        Command::Init(args) => init::run(&args, &mut world),
        Command::Completions(args) => completions::run(&args, &mut world),
        Command::Man(args) => man::run(&args, &mut world),
    };
    // Findings are a product too: as JSON they go to stdout, however the run ends.
    let written = world.finish();
    match outcome.and(written) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input) => ExitCode::from(1),
        Err(Failure::World(error)) => world.complain(&error),
    }
}
