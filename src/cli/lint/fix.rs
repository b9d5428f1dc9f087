//! `--fix`: mends what has exactly one safe remedy, and tells what remains.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::args::LintArgs;
use crate::cli::lint::asked::Asked;
use crate::cli::lint::is_for_people;
use crate::cli::lint::judge::{Judged, judge};
use crate::cli::lint::report::{Report, number};
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::Diagnostics;
use crate::mend::{diff, edits, mend};
use crate::outdir;
use crate::source::SourceMap;

/// What is mended may show what was hidden behind it; more rounds than this are a circle.
const ROUNDS: usize = 8;

/// Mends, writes and tells.
pub fn run(args: &LintArgs, asked: &Asked, world: &mut World) -> Outcome {
    let from_stdin = asked.files.iter().any(|it| it == Path::new("-"));
    if args.dry_run || from_stdin {
        is_for_people(args.output)?;
    }
    let found = World::gather(&asked.files, &asked.exclude)?;
    let mut before = BTreeMap::new();
    let mut failed = None;
    let judged = loop_of(asked, &found, &mut before, &mut failed, world)?;
    let changed: Vec<(&PathBuf, &String)> =
        world.mended.iter().filter(|(path, new)| before.get(*path) != Some(new)).collect();
    let count = changed.len();
    if args.dry_run {
        let texts = changed.iter().map(|(path, new)| diff(&shown(path), &before[*path], new));
        let text: String = texts.collect();
        world.print(&text)?;
    } else {
        write(from_stdin, &before, world)?;
    }
    if count > 0 {
        let verb = if args.dry_run { "would be mended" } else { "mended" };
        world.say(&format!("{} {verb}", number(count, "file")));
    }
    let told = Report { asked, judged: &judged, format: args.output, all: args.all }.tell(world);
    // Nothing is mended by a dry run: what failed before fails still.
    if args.dry_run && failed == Some(true) { told.and(Err(Failure::Input)) } else { told }
}

/// Judges and mends until nothing is left to mend; the texts of before are kept.
fn loop_of(
    asked: &Asked,
    found: &[crate::cli::gather::Found],
    before: &mut BTreeMap<PathBuf, String>,
    failed: &mut Option<bool>,
    world: &mut World,
) -> Result<Judged, Failure> {
    for _ in 0..ROUNDS {
        let judged = judge(asked, found, world)?;
        let findings = world.diags.sorted();
        failed.get_or_insert(findings.iter().any(|it| it.severity >= asked.fail_on));
        let edits = edits(&findings);
        let mut changed = Vec::new();
        for (file, path) in &judged.files {
            let old = world.files.text(*file);
            let new = mend(*file, &edits, &world.files);
            // What came by stdin cannot be read again.
            if new.is_some() || path == Path::new("-") {
                before.entry(path.clone()).or_insert_with(|| old.to_owned());
            }
            match new {
                Some(new) => changed.push((path.clone(), new)),
                None if path == Path::new("-") => drop(world.mended.insert(path.clone(), old.to_owned())),
                None => {}
            }
        }
        if changed.is_empty() {
            return Ok(judged);
        }
        world.mended.extend(changed);
        (world.files, world.diags) = (SourceMap::default(), Diagnostics::default());
    }
    judge(asked, found, world)
}

/// Files are replaced one by one, each in one step; what comes by stdin goes to stdout, mended or not.
fn write(from_stdin: bool, before: &BTreeMap<PathBuf, String>, world: &mut World) -> Outcome {
    let mended = std::mem::take(&mut world.mended);
    let mut last = None;
    for (path, new) in &mended {
        if path == Path::new("-") {
            continue;
        }
        if before.get(path) != Some(new)
            && let Err(problem) = outdir::replace(path, &before[path], new)
            && let Some(earlier) = last.replace(problem)
        {
            world.say(&format!("error: {earlier}"));
        }
    }
    if let Some(text) = mended.get(Path::new("-")).filter(|_| from_stdin) {
        world.print(text)?;
    }
    last.map_or(Ok(()), |it| Err(Failure::World(it.into())))
}

fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    if path == "-" { "stdin".to_owned() } else { path.trim_start_matches("./").to_owned() }
}
