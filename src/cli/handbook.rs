//! `meshgen handbook`: the pages of a scenario, for the people who run it.

use crate::bundle::{Bundle, File, Layout, Product};
use crate::check::Scenario;
use crate::cli::args::{HandbookArgs, WishArgs};
use crate::cli::folder::write;
use crate::cli::world::{Failure, Outcome, World};
use crate::graph::{Settings, ascii, graph, svg};
use crate::handbook::{Book, Pictures, Place, handbook};
use crate::mesh::Mesh;
use crate::resolve::Wish;
use crate::scripts::{Root, scripts};

/// Writes the pages to a folder, or says how the folder differs from them.
pub fn run(args: &HandbookArgs, world: &mut World) -> Outcome {
    let (name, file) = world.open(&args.profile)?;
    let compiled = world.compile(&name, file, &Wish::from(&args.wish));
    world.tell()?;
    let Ok((scenario, mesh)) = compiled else { return Err(Failure::Input) };
    let asked = asked(&args.profile, &args.wish);
    // The manifests are elsewhere: `--manifests DIR` tells a script where.
    let beside = scripts(&scenario, &mesh, Root { path: "..", layout: Layout::Layers })?;
    let names: Vec<String> = beside.iter().map(|it| it.path.clone()).collect();
    let pictures = Some(pictures(&scenario, &mesh));
    let book =
        Book { lesson: world.lesson(file), asked: &asked, pictures, scripts: &names, place: Place::Alone };
    let mut files = handbook(&scenario, &mesh, &book)?;
    files.extend(beside.into_iter().map(|it| File { path: format!("scripts/{}", it.path), ..it }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let bundle = Bundle { product: Product::Handbook, scenario: name.to_string(), files };
    let clean = match write(&bundle, &args.out, args.check, world) {
        Ok(clean) => clean,
        Err(problem) => return world.hindered(problem).map_err(Failure::World).and(Err(Failure::Input)),
    };
    if args.check && !clean {
        let out = args.out.display();
        world.say(&format!("`{out}` is not what the profile says: run the command without `--check`"));
        return Err(Failure::Input);
    }
    Ok(())
}

/// Adds the pages to a bundle of the seed layout, whose other files they link to.
///
/// # Errors
/// A template of ours that is wrong.
pub fn add_docs(
    bundle: &mut Bundle,
    scenario: &Scenario,
    mesh: &Mesh,
    lesson: &str,
    asked: &[String],
) -> anyhow::Result<()> {
    let there = bundle.files.iter().filter_map(|it| it.path.strip_prefix("scripts/"));
    let scripts: Vec<String> = there.map(str::to_owned).collect();
    let pictures = Some(pictures(scenario, mesh));
    let book = Book { lesson, asked, pictures, scripts: &scripts, place: Place::Seed };
    bundle.files.extend(handbook(scenario, mesh, &book)?);
    bundle.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

fn pictures(scenario: &Scenario, mesh: &Mesh) -> Pictures {
    let root_namespace = scenario.profile().mesh.root_namespace.to_string();
    let drawn = graph(mesh, &Settings { title: scenario.name().to_string(), root_namespace });
    Pictures { ascii: ascii(&drawn), svg: svg(&drawn) }
}

/// How a user names a profile and its overlays to another command.
pub fn asked(profile: &str, wish: &WishArgs) -> Vec<String> {
    let mut words = vec!["--profile".to_owned(), profile.to_owned()];
    if let Some(env) = &wish.env {
        words.extend(["--env".to_owned(), env.clone()]);
    }
    for set in &wish.sets {
        words.extend(["--set".to_owned(), set.clone()]);
    }
    words
}
