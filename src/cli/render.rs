//! `meshgen render`: a profile as one stream, or profiles as folders of files.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::io::{IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::bundle::{Bundle, File, Layout, bundle};
use crate::check::Scenario;
use crate::cli::args::{LayoutArg, RenderArgs, StreamFormat};
use crate::cli::folder::write;
use crate::cli::handbook;
use crate::cli::world::{BLOCK, Failure, Outcome, World};
use crate::mesh::Mesh;
use crate::outdir;
use crate::resolve::Wish;
use crate::scripts::{Root, scripts};
use crate::yaml;

/// Renders what the arguments ask for.
pub fn run(args: &RenderArgs, world: &mut World) -> Outcome {
    match (&args.out, &args.profile) {
        (Some(out), _) => folders(args, out, world),
        (None, Some(name)) => stream(name, args, world),
        (None, None) => Err(anyhow::anyhow!("`--all` needs `--out DIR`").into()),
    }
}

fn stream(name: &str, args: &RenderArgs, world: &mut World) -> Outcome {
    let (name, file) = world.open(name)?;
    let compiled = world.judged(&name, file, &Wish::from(&args.wish));
    world.tell()?;
    let Ok((scenario, mesh)) = compiled else { return Err(Failure::Input) };
    let _scenario = ManuallyDrop::new(scenario);
    // The process ends here and gives everything back at once, which is quicker than piece by piece.
    let mesh = ManuallyDrop::new(mesh);
    match args.output {
        StreamFormat::Yaml => yaml_stream(&mesh, world)?,
        StreamFormat::Json => {
            let text = serde_json::to_string_pretty(mesh.manifests())?;
            world.print(&text)?;
            world.print("\n")?;
        }
    }
    Ok(())
}

/// Block by block, so that a large bundle never stands in memory whole.
fn yaml_stream(mesh: &Mesh, world: &mut World) -> anyhow::Result<()> {
    let mut text = String::new();
    for (place, manifest) in mesh.manifests().iter().enumerate() {
        if place > 0 {
            text.push_str("---\n");
        }
        yaml::print_to(manifest, &mut text);
        if text.len() >= BLOCK {
            world.print(&text)?;
            text.clear();
        }
    }
    world.print(&text)
}

fn folders(args: &RenderArgs, out: &Path, world: &mut World) -> Outcome {
    let names = match &args.profile {
        Some(name) => vec![name.clone()],
        None => world.scenarios()?,
    };
    // Whatever cannot be read ends the run before anything is written.
    let profiles = names.iter().map(|it| world.open(it)).collect::<anyhow::Result<Vec<_>>>()?;
    let known: Vec<&str> = profiles.iter().map(|(name, _)| name.as_str()).collect();
    if args.all {
        spare(out, &known, world)?;
    }
    let wish = Wish::from(&args.wish);
    let layout = match args.layout {
        LayoutArg::Layers => Layout::Layers,
        LayoutArg::Seed => Layout::Seed,
    };
    let mut progress = Progress::new();
    let (mut failed, mut drifted) = (false, false);
    for (place, (name, file)) in profiles.iter().enumerate() {
        progress.step(place, names.len(), name);
        let Ok((scenario, mesh)) = world.judged(name, *file, &wish) else {
            failed = true;
            continue;
        };
        let mut bundle = bundle(&mesh, name, &scenario.profile().namespace, layout);
        if layout == Layout::Seed {
            add_scripts(&mut bundle, &scenario, &mesh)?;
            let asked = handbook::asked(&names[place], &args.wish);
            handbook::add_docs(&mut bundle, &scenario, &mesh, world.lesson(*file), &asked)?;
        }
        drop((scenario, mesh));
        match write(&bundle, out, args.check, world) {
            Ok(clean) => drifted |= !clean,
            Err(problem) => failed |= world.hindered(problem)?,
        }
    }
    progress.end();
    let orphans = if args.all { orphans(out, &known, args.check, world) } else { Ok(true) };
    world.tell()?;
    drifted |= !orphans?;
    if drifted && args.check {
        world.say(&format!(
            "`{}` is not what the profiles say: run the command without `--check`",
            out.display()
        ));
    }
    if failed || drifted && args.check { Err(Failure::Input) } else { Ok(()) }
}

/// The tree of the demo's own document has scripts beside the manifests.
fn add_scripts(bundle: &mut Bundle, scenario: &Scenario, mesh: &Mesh) -> anyhow::Result<()> {
    let scripts = scripts(scenario, mesh, Root { path: "..", layout: Layout::Seed })?;
    bundle.files.extend(scripts.into_iter().map(|it| File { path: format!("scripts/{}", it.path), ..it }));
    bundle.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// Where no folder of profiles was found, a scenario that is not among the built-in ones is no orphan: the user stands
/// in the wrong place, and all of his own would be deleted.
fn spare(out: &Path, built_in: &[&str], world: &World) -> Result<(), Failure> {
    if world.shelf.own_scenarios().map_err(anyhow::Error::msg)?.is_some() {
        return Ok(());
    }
    match outdir::orphans(out, built_in) {
        Ok(others) if others.is_empty() => Ok(()),
        Ok(others) => Err(anyhow::anyhow!(
            "`{}` holds `{}`, and there is no folder of profiles here: name it with `--profiles DIR`",
            out.display(),
            others[0]
        ))?,
        Err(problem) => world.hindered(problem).map(|_| ()).map_err(Failure::World),
    }
}

/// Scenario folders of ours whose profile is gone: named by `--check`, else removed.
fn orphans(out: &Path, known: &[&str], check: bool, world: &World) -> Result<bool, Failure> {
    let orphans = match outdir::orphans(out, known) {
        Ok(orphans) => orphans,
        Err(problem) => return world.hindered(problem).map(|_| false).map_err(Failure::World),
    };
    for scenario in &orphans {
        if check {
            world.say(&format!("{}/{scenario}: its profile is gone", out.display()));
        } else if let Err(problem) = outdir::remove(out, scenario) {
            world.hindered(problem)?;
            return Err(Failure::Input);
        }
    }
    Ok(orphans.is_empty())
}

/// A line on the terminal while `--all` takes long.
struct Progress {
    start: Instant,
    shown: bool,
    terminal: bool,
}

impl Progress {
    fn new() -> Self {
        Self { start: Instant::now(), shown: false, terminal: std::io::stderr().is_terminal() }
    }

    fn step(&mut self, place: usize, total: usize, name: &str) {
        if self.terminal && self.start.elapsed() > Duration::from_secs(1) {
            // Nothing is lost where the terminal does not take it.
            let _ = write!(std::io::stderr(), "\r\u{1b}[2K{place}/{total} {name}");
            self.shown = true;
        }
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[2K");
        }
    }
}
