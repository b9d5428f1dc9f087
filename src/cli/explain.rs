//! `meshgen explain`: what a code means.

use crate::catalogue;
use crate::cli::args::ExplainArgs;
use crate::cli::world::{Outcome, World};

/// Prints the page of a code, or of every rule that says the same as a code of another tool.
pub fn run(args: &ExplainArgs, world: &mut World) -> Outcome {
    let asked = args.code.trim();
    if let Some(it) = catalogue::undecidable(asked) {
        return Ok(world.print(&format!("{}: no files can tell\n\n{}\n", it.id, it.reason))?);
    }
    let pages: Vec<String> = match catalogue::find(asked) {
        Some(entry) => vec![catalogue::page(entry)],
        None => catalogue::equivalent(asked).into_iter().map(catalogue::page).collect(),
    };
    if pages.is_empty() {
        let hint = match catalogue::meant(asked) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`meshgen rules` names them all".to_owned(),
        };
        Err(anyhow::anyhow!("nothing is known of `{asked}`: {hint}"))?;
    }
    world.print(&pages.join("\n\n"))?;
    Ok(())
}
