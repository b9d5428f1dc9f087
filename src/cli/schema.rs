//! `meshgen schema`: the JSON Schema of profiles, or of the settings of `lint`, for editors.

use crate::cli::args::SchemaArgs;
use crate::cli::world::{Outcome, World};
use crate::profile::schema;
use crate::settings;

/// Prints the schema.
pub fn run(args: &SchemaArgs, world: &mut World) -> Outcome {
    world.print(&if args.settings { settings::schema() } else { schema::text() })?;
    Ok(())
}
