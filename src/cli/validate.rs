//! `meshgen validate`: everything short of writing.

use crate::catalogue;
use crate::check::{self, Scenario};
use crate::cli::args::{FindingFormat, ValidateArgs};
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::{json, sarif};
use crate::resolve::{Wish, environments};
use crate::source::{FileId, Str};
use crate::units::date::Date;
use crate::yaml::{Kind, Node};

/// Validates the profiles that the arguments name, or all; each in every environment that changes it.
pub fn run(args: &ValidateArgs, world: &mut World) -> Outcome {
    let mut names: Vec<String> = args.names.iter().chain(&args.profile).cloned().collect();
    if names.is_empty() {
        names = world.scenarios()?;
    }
    let mut unread = Vec::new();
    for name in &names {
        match world.open(name) {
            Ok((name, file)) => one(&name, file, args, world)?,
            Err(error) => unread.push(error),
        }
    }
    let told = report(args.output, names.len() - unread.len(), world);
    let Some(last) = unread.pop() else { return told };
    for error in unread {
        world.complain(&error);
    }
    Err(Failure::World(last))
}

/// What is wrong is among the findings, which are told together.
fn one(name: &Str, file: FileId, args: &ValidateArgs, world: &mut World) -> anyhow::Result<()> {
    let wish = Wish::from(&args.wish);
    let Ok((plain, _)) = world.judged(name, file, &wish) else { return Ok(()) };
    if let Some(day) = args.as_of {
        check::as_of(plain.profile(), day, &mut world.diags);
    }
    if wish.environment.is_some() {
        return Ok(());
    }
    for environment in world.environments(file)?.into_iter().filter(|it| it.differs).map(|it| it.name) {
        let wish = Wish { environment: Some(environment), ..wish.clone() };
        let told = world.diags.len();
        let compiled = world.judged(name, file, &wish);
        let other = compiled.as_ref().ok().map(|(it, _)| it).filter(|it| review(it) != review(&plain));
        if let (Some(other), Some(day)) = (other, args.as_of) {
            check::as_of(other.profile(), day, &mut world.diags);
        }
        let environment = wish.environment.unwrap_or_default();
        for finding in world.diags.since(told) {
            finding.message.extend([" (in the environment `", &environment, "`)"]);
        }
    }
    Ok(())
}

/// What decides when somebody must look the rules through.
fn review(scenario: &Scenario) -> Option<(Date, u32)> {
    scenario.profile().policy_review.as_ref().map(|it| (it.reviewed_on.value, it.every_days.value))
}

fn report(format: FindingFormat, profiles: usize, world: &mut World) -> Outcome {
    let findings = world.diags.sorted();
    let text = match format {
        FindingFormat::Human => {
            world.tell()?;
            if profiles == 0 {
                return Ok(());
            }
            let s = if profiles == 1 { " is" } else { "s are" };
            world.say(&format!("{profiles} profile{s} valid"));
            return Ok(());
        }
        FindingFormat::Json => json::render(&findings, &world.files),
        FindingFormat::Sarif => sarif::render_with(&catalogue::about, &findings, &world.files),
    };
    world.print(&text)?;
    world.diags.ok().map_err(|_| Failure::Input)
}

/// An environment of a profile.
pub struct Environment {
    /// Its name.
    pub name: String,
    /// Whether the profile is another in it.
    pub differs: bool,
}

impl World {
    /// The environments of a profile, in the order written.
    ///
    /// # Errors
    /// A profile that can no longer be read.
    pub fn environments(&mut self, file: FileId) -> anyhow::Result<Vec<Environment>> {
        let Self { files, shelf, diags, resolver, .. } = self;
        let chain = resolver.chain(file, shelf, files, diags);
        let tree =
            chain.map_err(|_| anyhow::anyhow!("the profile was read a moment ago, and now cannot be"))?;
        let says_nothing =
            |it: &Node| it.is_null() || matches!(&it.kind, Kind::Map(entries) if entries.is_empty());
        let differs = |name: &str| tree.at(&["environments", name]).is_some_and(|it| !says_nothing(it));
        let named = |name: String| Environment { differs: differs(&name), name };
        Ok(environments(&tree).into_iter().map(named).collect())
    }
}
