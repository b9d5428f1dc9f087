//! `meshgen lint`: anybody's manifests, judged without a cluster.
#![expect(clippy::disallowed_methods, reason = "the porch")]

mod asked;
mod definitions;
mod fix;
mod judge;
mod mesh_config;
mod report;

use std::fs;
use std::path::Path;

use crate::cli::args::{LintArgs, LintFormat};
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::code;
use crate::verdict::baseline::Baseline;

use asked::Asked;
use judge::judge;
use report::Report;

/// Judges what the arguments and the settings name.
pub fn run(args: &LintArgs, world: &mut World) -> Outcome {
    let asked = Asked::of(args, world)?;
    if args.fix {
        return fix::run(args, &asked, world);
    }
    let found = World::gather(&asked.files, &asked.exclude)?;
    let judged = judge(&asked, &found, world)?;
    if let Some(path) = &args.write_baseline {
        return write_baseline(path, world);
    }
    Report { asked: &asked, judged: &judged, format: args.output, all: args.all }.tell(world)
}

/// What cannot be read cannot be recorded: it is told, and fails the run.
fn write_baseline(path: &Path, world: &mut World) -> Outcome {
    let baseline = Baseline::of(&world.diags, &world.files);
    let shown = path.display();
    fs::write(path, baseline.text()).map_err(|it| anyhow::anyhow!("cannot write `{shown}`: {it}"))?;
    let count = baseline.len();
    let s = if count == 1 { "" } else { "s" };
    world.say(&format!("{count} finding{s} recorded in `{shown}`: from now on, `--baseline {shown}`"));
    world.diags.retain(|it| code::UNREADABLE.contains(&it.code));
    world.tell()
}

/// Whether stdout is free for something else than findings.
fn is_for_people(format: LintFormat) -> Result<(), Failure> {
    if format == LintFormat::Human {
        return Ok(());
    }
    Err(anyhow::anyhow!("stdout is taken by what is mended: leave `--output` out").into())
}
