//! `meshgen explain`: what a code means.

use crate::catalogue;
use crate::cli::args::ExplainArgs;
use crate::cli::world::{Outcome, World};

/// Prints the page of a code, or of every rule that says the same as a code of another tool.
pub fn run(args: &ExplainArgs, world: &mut World) -> Outcome {
    let word = args.code.trim();
    let pages: Vec<String> = match catalogue::find(word) {
        Some(entry) => vec![catalogue::page(entry)],
        None => catalogue::equivalent(word).into_iter().map(catalogue::page).collect(),
    };
    if pages.is_empty() {
        let hint = match catalogue::meant(word) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`meshgen rules` names them all".to_owned(),
        };
        Err(anyhow::anyhow!("nothing is known of `{word}`: {hint}"))?;
    }
    world.print(&pages.join("\n\n"))?;
    Ok(())
}
