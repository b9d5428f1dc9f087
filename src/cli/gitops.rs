//! `meshgen gitops`: the files by which Argo CD or Flux takes over a rendered folder.

use std::fmt::Write;

use crate::cli::args::GitopsArgs;
use crate::cli::folder::write;
use crate::cli::handover::{Compiled, handover};
use crate::cli::world::{Failure, Outcome, World};
use crate::gitops::{self, Handover, Rendered, gitops};
use crate::profile::delivery::Tool;
use crate::resolve::Wish;
use crate::source::FileId;
use crate::template::shell;

/// Writes the files, or says how those that are there differ.
pub fn run(args: &GitopsArgs, world: &mut World) -> Outcome {
    let (name, file) = world.open(&args.profile)?;
    let environments = environments(args, file, world)?;
    let mut compiled = Vec::new();
    for environment in environments {
        let wish =
            Wish { environment: environment.clone().or(args.wish.env.clone()), sets: args.wish.sets.clone() };
        if let Ok((scenario, mesh)) = world.judged(&name, file, &wish) {
            compiled.push((environment, scenario, mesh));
        }
    }
    world.tell()?;
    let handover = handover(args, &name, &compiled)?;
    let rendered: Vec<Rendered<'_>> = compiled.iter().map(view).collect();
    if let Some(conflict) = gitops::conflict(&rendered) {
        world.say(&format!("error: {conflict}"));
        return Err(Failure::Input);
    }
    let bundle = gitops(&handover, &rendered);
    let clean = match write(&bundle, &args.out, args.check, world) {
        Ok(clean) => clean,
        Err(problem) => return world.hindered(problem).map_err(Failure::World).and(Err(Failure::Input)),
    };
    if !args.check {
        advise(args, &handover, &rendered, world);
    } else if !clean {
        world.say(&format!(
            "`{}` is not what the profile says: run the command without `--check`",
            args.out.display()
        ));
        return Err(Failure::Input);
    }
    Ok(())
}

fn view((environment, scenario, mesh): &Compiled) -> Rendered<'_> {
    Rendered { environment: environment.as_deref(), profile: scenario.profile(), mesh }
}

/// The environments that there is an Application for each of; one that is none where that is not asked for.
fn environments(args: &GitopsArgs, file: FileId, world: &mut World) -> Result<Vec<Option<String>>, Failure> {
    let Some(asked) = &args.environments else { return Ok(vec![None]) };
    if !asked.iter().all(String::is_empty) {
        return Ok(asked.iter().cloned().map(Some).collect());
    }
    let known = world.environments(file);
    world.tell()?;
    let known = known?;
    if !known.iter().any(|it| it.differs) {
        Err(anyhow::anyhow!(
            "no environment of `{}` changes anything: leave `--environments` out, or name them with \
             `--environments=dev,prod`",
            args.profile
        ))?;
    }
    Ok(known.into_iter().map(|it| Some(it.name)).collect())
}

/// Which commands write what the files point at, and what is left to do.
fn advise(args: &GitopsArgs, handover: &Handover, rendered: &[Rendered<'_>], world: &World) {
    let delivery = rendered.first().map(|it| &it.profile.delivery);
    let unordered = delivery.is_some_and(|it| !it.sync_waves.value && it.tool.is_none());
    if handover.tool == Tool::ArgoCd && unordered {
        world.say(
            "warning: Argo CD applies objects of one wave in an order of its own: write `delivery: { syncWaves: true }` \
             in the profile",
        );
    }
    if handover.tool == Tool::Flux && handover.repository.starts_with("ssh://") && handover.secret.is_none() {
        world.say("note: `ssh://` needs credentials: name their Secret with `--secret NAME`");
    }
    let mut text = "next, from the root of the repository:".to_owned();
    for it in rendered {
        let folder = gitops::folder(handover, it.environment);
        let environment = it.environment.or(args.wish.env.as_deref());
        let flag = environment.map(|it| format!(" --env {}", shell(it))).unwrap_or_default();
        let sets = args.wish.sets.iter().flat_map(|it| [" --set ".to_owned(), shell(it)]).collect::<String>();
        let above = folder.rsplit_once('/').map_or(".", |(above, _)| above);
        let (profile, out) = (shell(&args.profile), shell(above));
        let _ = write!(
            text,
            "\n  meshgen render --profile {profile}{flag}{sets} --out {out}    # writes {folder}"
        );
    }
    let ours = args.out.join(&*handover.scenario);
    let _ = write!(text, "\n  kubectl apply -k {}", shell(&ours.display().to_string()));
    world.say(&text);
}
