//! `meshgen graph`: a mesh as a picture, from a profile or from anybody's manifests.

use std::path::{Path, PathBuf};

use crate::cli::args::{GraphArgs, GraphFormat};
use crate::cli::world::{Failure, Outcome, World};
use crate::graph::{self, Graph, Settings};
use crate::resolve::Wish;

/// Draws what the arguments name.
pub fn run(args: &GraphArgs, world: &mut World) -> Outcome {
    let drawn = draw(args, world);
    world.tell()?;
    let graph = drawn?;
    let text = match args.output {
        GraphFormat::Ascii => graph::ascii(&graph),
        GraphFormat::Mermaid => graph::mermaid(&graph),
        GraphFormat::Dot => graph::dot(&graph),
        GraphFormat::Svg => graph::svg(&graph),
        GraphFormat::Json => graph::json(&graph),
    };
    world.print(&text)?;
    Ok(())
}

fn draw(args: &GraphArgs, world: &mut World) -> Result<Graph, Failure> {
    let stdin = |it: &PathBuf| it == Path::new("-");
    if args.observed.as_ref().is_some_and(stdin) && args.files.iter().any(stdin) {
        Err(anyhow::anyhow!(
            "both `--filename -` and `--observed -` would read stdin: write one of them to a file"
        ))?;
    }
    let (mesh, settings) = match &args.profile {
        Some(name) => {
            let (name, file) = world.open(name)?;
            let compiled = world.compile(&name, file, &Wish::from(&args.wish));
            let (scenario, mesh) = compiled.map_err(|_| Failure::Input)?;
            let root_namespace = scenario.profile().mesh.root_namespace.to_string();
            (mesh, Settings { title: name.to_string(), root_namespace })
        }
        None => (world.manifests(&args.files)?, Settings::titled("mesh")),
    };
    let mut graph = graph::graph(&mesh, &settings);
    if graph.vertices.is_empty() {
        world.say("nothing to draw: no service, workload or gateway is declared");
    }
    if let Some(path) = &args.observed {
        let file = world.text(path)?;
        world.diags.ok().map_err(|_| Failure::Input)?;
        let observed = graph::read_observed(file, &world.files, &mut world.diags);
        let observed = observed.map_err(|_| Failure::Input)?;
        graph::observe(&mut graph, &observed, &mut world.diags);
    }
    Ok(graph)
}
