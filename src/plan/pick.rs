//! Which service a plan is about, and which of its versions is the old one and which the new.

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::plan::{Pair, Request};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::source::{Span, Text};

/// The service that is named, or the only one that has two versions; of two versions the first is the old one.
///
/// # Errors
/// None or several that could be meant, a name that is not there, weights that belong to an engine.
pub fn pick(request: &Request, profile: &Profile, diags: &mut Diagnostics) -> Result<Pair, Reported> {
    let service = match &request.service {
        Some(name) => profile.service(name).ok_or_else(|| {
            let message = format!("the profile has no service `{name}`");
            let finding = Diagnostic::error(code::UNCLEAR_PLAN, name.span, message);
            diags.report(finding.suggest(name, profile.services.names()))
        })?,
        None => only(request, profile, diags)?,
    };
    owned(service, diags)?;
    versions(request, service, diags)
}

/// The only service that could be meant.
fn only<'p>(
    request: &Request,
    profile: &'p Profile,
    diags: &mut Diagnostics,
) -> Result<ServiceRef<'p>, Reported> {
    let has = |it: &ServiceRef<'_>, name: &Option<Text>| {
        name.as_ref().is_none_or(|name| it.service.versions.get(name).is_some())
    };
    let fits =
        |it: &ServiceRef<'_>| it.service.versions.len() > 1 && has(it, &request.from) && has(it, &request.to);
    let all: Vec<ServiceRef<'p>> = profile.service_refs().filter(fits).collect();
    match all[..] {
        [one] => Ok(one),
        [] => Err(diags.report(nobody(request, profile))),
        [first, ..] => {
            let names: Vec<String> = all.iter().take(12).map(|it| format!("`{}`", it.id)).collect();
            let more = if all.len() > 12 { ", …" } else { "" };
            let message = format!("{} services have two versions: {}{more}", all.len(), names.join(", "));
            let finding = Diagnostic::error(code::UNCLEAR_PLAN, first.id.span, message);
            Err(diags.report(finding.help("say which one: `--service NAME`")))
        }
    }
}

fn nobody(request: &Request, profile: &Profile) -> Diagnostic {
    let asked = request
        .from
        .iter()
        .chain(&request.to)
        .find(|it| !profile.services.values().any(|service| service.versions.get(it.as_str()).is_some()));
    if let Some(name) = asked {
        let known = profile.services.values().flat_map(|it| it.versions.names());
        let message = format!("no service has a version `{name}`");
        return Diagnostic::error(code::UNCLEAR_PLAN, name.span, message).suggest(name, known);
    }
    let lone = profile.service_refs().find(|it| it.service.versions.len() == 1);
    // Whose only service is released by an engine is not to write a second version: that would be the next error.
    if let Some((service, engine)) = lone.and_then(|it| Some((it, it.engine()?))) {
        return foreign(service, engine);
    }
    let span = lone.map_or(Span::NONE, |it| it.id.span);
    let message = match lone {
        Some(it) if profile.services.len() == 1 => {
            format!("`{}` has one version only: there is no way to plan", it.id)
        }
        Some(_) | None => "no service has two versions: there is no way to plan".to_owned(),
    };
    Diagnostic::error(code::PLAN_OF_NOTHING, span, message)
        .help("write the new version below `versions`, and a route that splits between the two")
}

/// Weights that an engine moves are none of a plan's.
fn owned(service: ServiceRef<'_>, diags: &mut Diagnostics) -> Result<(), Reported> {
    match service.engine() {
        Some(engine) => Err(diags.report(foreign(service, engine))),
        None => Ok(()),
    }
}

fn foreign(service: ServiceRef<'_>, engine: Engine) -> Diagnostic {
    let span = service.profile.rollout.as_ref().map_or(Span::NONE, |it| it.engine.span);
    let message = format!("the weights of `{}` belong to {}", service.id, engine.title());
    let finding = Diagnostic::error(code::FOREIGN_WEIGHTS, span, message);
    finding.help("let the engine take the steps, or write `engine: git`")
}

fn versions(request: &Request, service: ServiceRef<'_>, diags: &mut Diagnostics) -> Result<Pair, Reported> {
    let known = &service.service.versions;
    for name in request.from.iter().chain(&request.to).filter(|it| known.get(it).is_none()) {
        let message = format!("`{}` has no version `{name}`", service.id);
        let finding = Diagnostic::error(code::UNCLEAR_PLAN, name.span, message);
        diags.push(finding.suggest(name, known.names()));
    }
    diags.ok()?;
    let find = |asked: &Option<Text>| asked.as_ref().and_then(|it| known.find(it)).map(|(key, _)| key);
    let keys: Vec<&Text> = known.iter().map(|(key, _)| key).collect();
    let other = |than: &Text| keys.iter().copied().find(|it| *it != than).filter(|_| keys.len() == 2);
    let pair = match (find(&request.from), find(&request.to), &keys[..]) {
        (Some(old), Some(new), _) => Some((old, new)),
        (None, None, [old, new]) => Some((*old, *new)),
        (Some(old), None, _) => other(old).map(|new| (old, new)),
        (None, Some(new), _) => other(new).map(|old| (old, new)),
        (None, None, _) => None,
    };
    match pair {
        Some((old, new)) if old != new => {
            Ok(Pair { service: service.id.clone(), old: old.clone(), new: new.clone() })
        }
        Some((old, _)) => {
            let span = request.to.as_ref().map_or(Span::NONE, |it| it.span);
            let message = format!("from `{old}` to `{old}` there is no way to plan");
            Err(diags.report(Diagnostic::error(code::PLAN_OF_NOTHING, span, message)))
        }
        None => Err(diags.report(unclear(service, &keys))),
    }
}

fn unclear(service: ServiceRef<'_>, keys: &[&Text]) -> Diagnostic {
    let id = service.id;
    if let [only] = keys {
        let message = format!("`{id}` has one version only, `{only}`: there is no way to plan");
        let finding = Diagnostic::error(code::PLAN_OF_NOTHING, id.span, message);
        return finding
            .help("write the new version below `versions`, and a route that splits between the two");
    }
    let names: Vec<&str> = keys.iter().take(12).map(|it| it.as_str()).collect();
    let message = format!("`{id}` has the versions {}", names.join(", "));
    let finding = Diagnostic::error(code::UNCLEAR_PLAN, id.span, message);
    finding.help("say which one serves now and which one is new: `--from VERSION --to VERSION`")
}
