//! `meshgen schema`: the JSON Schema of profiles, for editors.

use crate::cli::world::{Outcome, World};
use crate::profile::schema;

/// Prints the schema.
pub fn run(world: &mut World) -> Outcome {
    world.print(&schema::text())?;
    Ok(())
}
