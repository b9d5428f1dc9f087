//! `meshgen rules`: the catalogue.

use crate::catalogue;
use crate::cli::args::{RulesArgs, RulesFormat};
use crate::cli::world::{Outcome, World};

/// Prints the catalogue.
pub fn run(args: &RulesArgs, world: &mut World) -> Outcome {
    let text = match args.output {
        RulesFormat::Human if args.undecidable => catalogue::undecidable_human(),
        RulesFormat::Human => catalogue::human(),
        RulesFormat::Json if args.undecidable => catalogue::undecidable_json(),
        RulesFormat::Json => catalogue::json(),
        RulesFormat::Markdown => catalogue::markdown(),
    };
    world.print(&text)?;
    Ok(())
}
