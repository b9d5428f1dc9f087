//! `meshgen plan`: a row of states a step apart, each compiled as if it were the profile, in one folder.

use std::path::{Component, Path};

use crate::bundle::{Bundle, Layout, bundle};
use crate::cli::args::{PlanArgs, PlanFlow, PlanOf};
use crate::cli::folder::write;
use crate::cli::world::{Failure, Outcome, World};
use crate::compile;
use crate::diag::{Diagnostics, Reported};
use crate::plan::{self, Compiled, Flow, Plan, Request};
use crate::resolve::Wish;
use crate::source::{FileId, Span, Str, Text};

/// Plans what the arguments ask for.
pub fn run(args: &PlanArgs, world: &mut World) -> Outcome {
    let of = args.flow.of();
    let (name, file) = world.open(&of.profile)?;
    let request = request(&args.flow, world)?;
    let planned = planned(&name, file, &request, &Wish::from(&of.wish), world);
    let Ok((plan, bundles)) = planned else {
        world.tell()?;
        return Err(Failure::Input);
    };
    let compiled = Compiled::new(&plan, &name, bundles, &mut world.diags);
    world.tell()?;
    let Ok(mut compiled) = compiled else { return Err(Failure::Input) };
    if let Some(home) = home(&of.out, &name) {
        compiled = compiled.at(home);
    }
    let folders = compiled.folders().to_vec();
    let whole = plan::folder(compiled)?;
    written(&whole, &folders, of, world)
}

/// Where a plan stands in the repository, if the command is given at its root: `None` for a folder elsewhere.
fn home(out: &Path, scenario: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in out.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    parts.push(scenario);
    let home = parts.join("/");
    // `${{` would mean something to the workflow.
    (!home.contains("${{")).then_some(home)
}

/// The plan of a profile, and the bundle of each of its steps.
fn planned(
    name: &Str,
    file: FileId,
    request: &Request,
    wish: &Wish,
    world: &mut World,
) -> Result<(Plan, Vec<Bundle>), Reported> {
    let (scenario, _) = world.judged(name, file, wish)?;
    let plan = plan::plan(request, scenario.profile(), &mut world.diags)?;
    let mut bundles = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let mut own = Diagnostics::default();
        let compiled = compile(name.clone(), step.profile.clone(), &mut own).and_then(|(scenario, mesh)| {
            world.judge(&scenario, &mesh, &mut own)?;
            own.ok().map(|()| (scenario, mesh))
        });
        // Warnings are about the profile as it was given, and were told of it.
        if compiled.is_err() {
            world.diags.append(own);
        }
        let (_, mesh) = compiled?;
        bundles.push(bundle(&mesh, name, &step.profile.namespace, Layout::Layers));
    }
    Ok((plan, bundles))
}

fn written(whole: &Bundle, folders: &[String], of: &PlanOf, world: &World) -> Outcome {
    let place = |name: &str| of.out.join(&whole.scenario).join(name).display().to_string();
    match write(whole, &of.out, of.check, world) {
        Ok(true) => Ok(()),
        Ok(false) if of.check => {
            let out = of.out.display();
            world.say(&format!("`{out}` is not what the profile says: run the command without `--check`"));
            Err(Failure::Input)
        }
        Ok(false) => {
            world.say(&format!(
                "{} steps and the way back: begin with {}",
                folders.len(),
                place("README.md")
            ));
            for folder in folders {
                world.say(&format!("  {}", place(folder)));
            }
            world.say(&format!("  {}", place("rollback")));
            Ok(())
        }
        Err(problem) => {
            world.hindered(problem)?;
            Err(Failure::Input)
        }
    }
}

fn request(flow: &PlanFlow, world: &mut World) -> anyhow::Result<Request> {
    let (flow, pair, steps, retire) = match flow {
        PlanFlow::Canary { pair, steps, retire, .. } => (Flow::Canary, Some(pair), steps.as_ref(), *retire),
        PlanFlow::BlueGreen { pair, retire, .. } => (Flow::BlueGreen, Some(pair), None, *retire),
        PlanFlow::Rollback { pair, steps, .. } => (Flow::Rollback, Some(pair), steps.as_ref(), false),
        PlanFlow::Mtls { .. } => (Flow::Mtls, None, None, false),
    };
    let mut option = |name: &str, text: Option<&String>| text.map(|it| typed(name, it, world)).transpose();
    Ok(Request {
        flow,
        service: option("--service", pair.and_then(|it| it.service.as_ref()))?,
        from: option("--from", pair.and_then(|it| it.from.as_ref()))?,
        to: option("--to", pair.and_then(|it| it.to.as_ref()))?,
        steps: option("--steps", steps)?,
        retire,
    })
}

/// A text of the command line with its place there, so that a finding can point at it.
fn typed(option: &str, text: &str, world: &mut World) -> anyhow::Result<Text> {
    let file = world.files.add(option, text).ok_or_else(|| anyhow::anyhow!("the inputs are too large"))?;
    let lo = world.files.start(file);
    let hi = lo + u32::try_from(text.len()).unwrap_or_default();
    Ok(Text::new(text.into(), Span { lo, hi }))
}

impl PlanFlow {
    fn of(&self) -> &PlanOf {
        match self {
            Self::Canary { of, .. }
            | Self::BlueGreen { of, .. }
            | Self::Mtls { of }
            | Self::Rollback { of, .. } => of,
        }
    }
}
