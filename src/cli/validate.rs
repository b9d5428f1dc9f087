//! `meshgen validate`: everything short of writing.

use crate::cli::args::{FindingFormat, ValidateArgs};
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::{json, sarif};
use crate::resolve::{Wish, environments};
use crate::yaml::{Kind, Node};

/// Validates the profiles that the arguments name, or all; each in every environment that changes it.
pub fn run(args: &ValidateArgs, world: &mut World) -> Outcome {
    let mut names: Vec<String> = args.names.iter().chain(&args.profile).cloned().collect();
    if names.is_empty() {
        names = world.scenarios()?;
    }
    for name in &names {
        let (name, file) = world.open(name)?;
        let wish = Wish::from(&args.wish);
        let plain = world.compile(&name, file, &wish);
        if plain.is_err() || wish.environment.is_some() {
            continue;
        }
        for environment in world.environments(file)? {
            let wish = Wish { environment: Some(environment), ..wish.clone() };
            let told = world.diags.len();
            // What is wrong is among the findings, which are told together below.
            let _ = world.compile(&name, file, &wish);
            let environment = wish.environment.unwrap_or_default();
            for finding in world.diags.since(told) {
                finding.message.extend([" (in the environment `", &environment, "`)"]);
            }
        }
    }
    report(args.output, names.len(), world)
}

fn report(format: FindingFormat, profiles: usize, world: &mut World) -> Outcome {
    let render = match format {
        FindingFormat::Human => {
            world.tell()?;
            let s = if profiles == 1 { " is" } else { "s are" };
            world.say(&format!("{profiles} profile{s} valid"));
            return Ok(());
        }
        FindingFormat::Json => json::render,
        FindingFormat::Sarif => sarif::render,
    };
    let text = render(&world.diags.sorted(), &world.files);
    world.print(&text)?;
    world.diags.ok().map_err(|_| Failure::Input)
}

impl World {
    /// The environments in which a profile differs from itself.
    fn environments(&mut self, file: crate::source::FileId) -> anyhow::Result<Vec<String>> {
        let Self { files, shelf, diags, resolver, .. } = self;
        let chain = resolver.chain(file, shelf, files, diags);
        let tree =
            chain.map_err(|_| anyhow::anyhow!("the profile was read a moment ago, and now cannot be"))?;
        let says_nothing =
            |it: &Node| it.is_null() || matches!(&it.kind, Kind::Map(entries) if entries.is_empty());
        let differs = |name: &String| tree.at(&["environments", name]).is_some_and(|it| !says_nothing(it));
        Ok(environments(&tree).into_iter().filter(differs).collect())
    }
}
