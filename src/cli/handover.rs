//! What `meshgen gitops` is asked for: by flags, and by `delivery` of the profile where they are silent.

use crate::check::Scenario;
use crate::check::names::{LABEL, SUBDOMAIN};
use crate::cli::args::GitopsArgs;
use crate::gitops::{self, Handover};
use crate::mesh::Mesh;
use crate::profile::Delivery;
use crate::profile::delivery::Tool;
use crate::source::{Str, Text};
use crate::units::address;

const NO_TOOL: &str = "no tool is named: write `meshgen gitops argo-cd` or `meshgen gitops flux`, or \
                       `delivery: { tool: flux }` in the profile";
const NO_REPOSITORY: &str =
    "no repository is named: write `--repo URL`, or `delivery: { repo: URL }` in the profile";
const NO_FOLDER: &str = "no folder is named: write `--path DIR`, the folder of the repository that `render --out` \
                         writes to, or `delivery: { path: DIR }` in the profile";
const NO_SET: &str = "Flux runs in each cluster and has no set of environments: run the command for each, with \
                      `--env ENV --path DIR/ENV --out OUT/ENV`";

/// A bundle, and the environment that it is for.
pub type Compiled = (Option<String>, Scenario, Mesh);

/// What flags say goes before what the profile says.
///
/// # Errors
/// All that is missing or cannot be used, one a line.
pub fn handover(args: &GitopsArgs, name: &Str, compiled: &[Compiled]) -> anyhow::Result<Handover> {
    let mut wrong = Vec::new();
    let mut deliveries = compiled.iter().map(|(_, scenario, _)| &scenario.profile().delivery);
    let Some(delivery) = deliveries.next() else { anyhow::bail!("no environment is named") };
    let said = |it: &Delivery| {
        let value = |it: &Option<Text>| it.as_ref().map(|it| it.value.clone());
        (it.tool.map(|it| it.value), value(&it.repo), value(&it.path))
    };
    let (tool, repo, path) = said(delivery);
    if deliveries.any(|it| said(it) != said(delivery)) {
        wrong.push(
            "the environments differ in `tool`, `repo` or `path` of `delivery`: say them once for all"
                .to_owned(),
        );
    }
    let tool = args.tool.map(Tool::from).or(tool);
    if tool.is_none() {
        wrong.push(NO_TOOL.to_owned());
    }
    let repository = flag("--repo", args.repo.as_ref(), address::repository_flaw, &mut wrong).or(repo);
    if repository.is_none() {
        wrong.push(NO_REPOSITORY.to_owned());
    }
    let folder = flag("--path", args.path.as_ref(), address::folder_flaw, &mut wrong).or(path);
    if folder.is_none() {
        wrong.push(NO_FOLDER.to_owned());
    }
    let revision = flag("--revision", args.revision.as_ref(), address::revision_flaw, &mut wrong);
    let namespace = flag("--namespace", args.namespace.as_ref(), |it| LABEL.flaw(it), &mut wrong);
    let secret = flag("--secret", args.secret.as_ref(), |it| SUBDOMAIN.flaw(it), &mut wrong);
    let handover = Handover {
        tool: tool.unwrap_or(Tool::ArgoCd),
        scenario: name.clone(),
        repository: repository.unwrap_or_default(),
        folder: folder.unwrap_or_default(),
        revision,
        namespace,
        secret,
    };
    wrong.extend(misfit(args, &handover, compiled));
    if wrong.is_empty() { Ok(handover) } else { anyhow::bail!("{}", wrong.join("\n       ")) }
}

/// The value of a flag; what is wrong with it is told.
fn flag(
    name: &str,
    value: Option<&String>,
    flaw: impl Fn(&str) -> Option<String>,
    wrong: &mut Vec<String>,
) -> Option<Str> {
    let value = value?;
    wrong.extend(flaw(value).map(|it| format!("`{name} {}` {it}", value.escape_debug())));
    Some(value.into())
}

/// What does not go together.
fn misfit(args: &GitopsArgs, handover: &Handover, compiled: &[Compiled]) -> Vec<String> {
    let environments: Vec<&str> = compiled.iter().filter_map(|(it, ..)| it.as_deref()).collect();
    let mut wrong: Vec<String> = gitops::name_flaw(handover, &environments).into_iter().collect();
    let twice = environments.iter().enumerate().find(|(place, it)| environments[..*place].contains(it));
    wrong.extend(twice.map(|(_, it)| format!("`--environments` names `{it}` twice")));
    if handover.tool == Tool::Flux && args.environments.is_some() {
        wrong.push(NO_SET.to_owned());
    }
    if handover.tool == Tool::ArgoCd && handover.secret.is_some() {
        wrong
            .push("Argo CD finds the credentials of a repository by itself: leave `--secret` out".to_owned());
    }
    wrong
}
