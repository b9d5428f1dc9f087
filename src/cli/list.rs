//! `meshgen list`: the scenarios and the lesson of each.

use serde::Serialize;

use crate::builtin;
use crate::cli::args::{ListArgs, ListFormat};
use crate::cli::world::{Outcome, World};

#[derive(Serialize)]
struct Item {
    name: String,
    lesson: String,
    /// The path of the profile's file, or `built-in/…`.
    file: String,
}

/// Lists own profiles first, then the built-in ones that they do not stand in for.
pub fn run(args: &ListArgs, world: &mut World) -> Outcome {
    let own = world.shelf.own_scenarios().map_err(anyhow::Error::msg)?.unwrap_or_default();
    let built_in = builtin::PROFILES.iter().map(|it| it.name.to_owned());
    let built_in = built_in.filter(|it| builtin::is_scenario(it) && !own.contains(it));
    let mut items = Vec::new();
    for name in own.iter().cloned().chain(built_in) {
        let (_, file) = world.open(&name)?;
        let lesson = builtin::lesson(world.files.text(file)).to_owned();
        items.push(Item { name, lesson, file: world.files.path(file).to_owned() });
    }
    let text = match args.output {
        ListFormat::Json => serde_json::to_string_pretty(&items)? + "\n",
        ListFormat::Human => {
            let width = items.iter().map(|it| it.name.len()).max().unwrap_or_default();
            let lines: Vec<String> =
                items.iter().map(|it| format!("{:width$}  {}", it.name, it.lesson)).collect();
            lines.join("\n") + "\n"
        }
    };
    world.print(&text)?;
    Ok(())
}
