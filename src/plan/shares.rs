//! Canary, blue-green and the way back: states that differ in the shares of two versions, and in nothing else.
//!
//! A route is moved that takes everything (it has no `match`), or that splits between the two versions. A route that
//! sends who asks for it to one version stays as it is: testers keep their version.

use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::plan::ladder::ladder;
use crate::plan::pick::pick;
use crate::plan::{Act, Flow, Pair, Plan, Request, Step};
use crate::profile::traffic::Route;
use crate::profile::{Profile, Service};
use crate::source::{Spanned, Text};
use crate::units::Weight;
use crate::yaml::Named;

/// The states of a canary, a switch or a way back.
///
/// # Errors
/// Everything that makes the way unclear, or no way at all.
pub fn plan(request: &Request, profile: &Profile, diags: &mut Diagnostics) -> Result<Plan, Reported> {
    let ladder = ladder(request.steps.as_ref(), profile, diags);
    let pair = pick(request, profile, diags)?;
    let ladder = ladder?;
    let current = current(profile, &pair, diags)?;
    let shares = match request.flow {
        Flow::Rollback => downward(&current, &ladder),
        Flow::BlueGreen => vec![0, 100],
        Flow::Canary | Flow::Mtls => [0].into_iter().chain(ladder).collect(),
    };
    let already = if request.flow == Flow::Rollback { 0 } else { 100 };
    if current.iter().all(|it| *it == already) {
        return Err(diags.report(nothing(profile, &pair, request.flow)));
    }
    if request.flow == Flow::BlueGreen {
        full_size(profile, &pair, diags)?;
    }
    let mut steps: Vec<Step> = Vec::new();
    for share in shares {
        let cap = |now: u32| if request.flow == Flow::Rollback { now.min(share) } else { share };
        let state = with_shares(profile, &pair, cap);
        let (name, act) = if steps.is_empty() {
            let name = if request.flow == Flow::BlueGreen { "preview" } else { "start" };
            (name.to_owned(), Act::Start)
        } else if request.flow == Flow::BlueGreen {
            (format!("switch-to-{}", pair.new), Act::Share(share))
        } else {
            (format!("{}-{share}-percent", pair.new), Act::Share(share))
        };
        steps.push(Step { name, act, profile: state });
    }
    if request.retire {
        retire(profile, &pair, &mut steps, diags)?;
    }
    Ok(Plan { flow: request.flow, profile: profile.clone(), pair: Some(pair), steps })
}

/// Whether a plan moves the shares of a route.
pub fn is_moved(route: &Route, pair: &Pair) -> bool {
    let names = |version: &Text| route.split.get(version).is_some();
    let both = names(&pair.old) && names(&pair.new);
    both || route.r#match.is_none() && (names(&pair.old) || names(&pair.new))
}

/// What the new version has of each route that is moved.
fn current(profile: &Profile, pair: &Pair, diags: &mut Diagnostics) -> Result<Vec<u32>, Reported> {
    let Some(service) = profile.services.get(&pair.service) else { return Ok(Vec::new()) };
    let mut shares = Vec::new();
    for (name, route) in service.routes.iter().filter(|(_, it)| is_moved(it, pair)) {
        shares.push(route.split.get(&pair.new).map_or(0, |it| it.value.0));
        let others = route.split.iter().filter(|(it, _)| **it != pair.old && **it != pair.new);
        for (other, share) in others.filter(|(_, share)| share.value.0 > 0) {
            let message = format!(
                "route `{name}` of `{}` also gives {} % to `{other}`: a plan moves shares between two versions",
                pair.service, share.value
            );
            let finding = Diagnostic::error(code::UNCLEAR_PLAN, share.span, message);
            diags.push(finding.help(format!("let `{}` and `{}` share the route", pair.old, pair.new)));
        }
    }
    if shares.is_empty() {
        let message = format!(
            "no route of `{}` splits between `{}` and `{}`: there is nothing to move",
            pair.service, pair.old, pair.new
        );
        let help = format!(
            "write a route without `match`: `default: {{ split: {{ {}: 100, {}: 0 }} }}`",
            pair.old, pair.new
        );
        diags.push(Diagnostic::error(code::UNCLEAR_PLAN, pair.service.span, message).help(help));
    }
    diags.ok()?;
    Ok(shares)
}

/// From what the new version has, down the ladder, to nothing.
fn downward(current: &[u32], ladder: &[u32]) -> Vec<u32> {
    let most = current.iter().copied().max().unwrap_or_default();
    let below = ladder.iter().rev().copied().filter(|it| *it < most);
    [most].into_iter().chain(below).chain([0]).collect()
}

fn nothing(profile: &Profile, pair: &Pair, flow: Flow) -> Diagnostic {
    let service = profile.services.get(&pair.service);
    let route = service.and_then(|it| it.routes.values().find(|it| is_moved(it, pair)));
    let share = route.and_then(|it| it.split.get(&pair.new)).map_or(pair.service.span, |it| it.span);
    let (message, help) = if flow == Flow::Rollback {
        let message =
            format!("`{}` of `{}` has no requests: there is nothing to take back", pair.new, pair.service);
        (
            message,
            "a rollback starts from the state of the profile: give it a profile that is further on the way",
        )
    } else {
        let message = format!(
            "`{}` of `{}` has all requests already: there is nothing to plan",
            pair.new, pair.service
        );
        (message, "`meshgen plan rollback` plans the way back")
    };
    Diagnostic::error(code::PLAN_OF_NOTHING, share, message).help(help)
}

/// A switch moves everything at once: the version that takes it must be as large as the one that has it.
fn full_size(profile: &Profile, pair: &Pair, diags: &mut Diagnostics) -> Result<(), Reported> {
    let service = profile.services.get(&pair.service);
    let of = |version: &Text| service.and_then(|it| it.versions.get(version)).map(|it| it.replicas);
    let (Some(old), Some(new)) = (of(&pair.old), of(&pair.new)) else { return Ok(()) };
    if new.value >= old.value {
        return Ok(());
    }
    let message = format!(
        "`{}` of `{}` is to take over from `{}` with {} replicas in place of {}",
        pair.new, pair.service, pair.old, new.value, old.value
    );
    let finding = Diagnostic::error(code::SMALLER_VERSION, new.span, message);
    let finding = finding.related(old.span, "as many serve now");
    let help = format!("give `{}` {} replicas, or plan a canary", pair.new, old.value);
    Err(diags.report(finding.help(help)))
}

/// The profile in which each moved route gives the new version the share that `share` makes of what it has now.
fn with_shares(profile: &Profile, pair: &Pair, share: impl Fn(u32) -> u32) -> Profile {
    with_service(profile, pair, |service| {
        let route = |route: Route| {
            if !is_moved(&route, pair) {
                return route;
            }
            let now = route.split.get(&pair.new).map_or(0, |it| it.value.0);
            let new = share(now).min(100);
            let mut split = route.split.clone().into_entries();
            set(&mut split, &pair.old, 100 - new);
            set(&mut split, &pair.new, new);
            Route { split: Named::new(split), ..route }
        };
        let routes = service.routes.clone().into_entries();
        let routes = Named::new(routes.into_iter().map(|(name, it)| (name, route(it))).collect());
        Service { routes, ..service.clone() }
    })
}

/// A share keeps its place, and one that is new comes last: as if somebody had written it with `--set`.
fn set(split: &mut Vec<(Text, Spanned<Weight>)>, version: &Text, share: u32) {
    match split.iter_mut().find(|(name, _)| name == version) {
        Some((_, old)) => old.value = Weight(share),
        None => split.push((version.clone(), version.with(Weight(share)))),
    }
}

/// First no route names the old version, then its subset and its pods go.
fn retire(
    profile: &Profile,
    pair: &Pair,
    steps: &mut Vec<Step>,
    diags: &mut Diagnostics,
) -> Result<(), Reported> {
    let Some(end) = steps.last().map(|it| it.profile.clone()) else { return Ok(()) };
    in_use(profile, &end, pair, diags)?;
    let unrouted = with_service(&end, pair, |service| {
        let route = |(name, route): (Text, Route)| {
            let mut split = route.split.clone().into_entries();
            split.retain(|(version, _)| *version != pair.old);
            (name, Route { split: Named::new(split), ..route })
        };
        let routes = service.routes.clone().into_entries().into_iter().map(route).collect();
        Service { routes: Named::new(routes), ..service.clone() }
    });
    let removed = with_service(&unrouted, pair, |service| {
        let mut versions = service.versions.clone().into_entries();
        versions.retain(|(version, _)| *version != pair.old);
        Service { versions: Named::new(versions), ..service.clone() }
    });
    steps.push(Step { name: format!("{}-without-route", pair.old), act: Act::Unroute, profile: unrouted });
    steps.push(Step { name: format!("{}-retired", pair.old), act: Act::Remove, profile: removed });
    Ok(())
}

/// Routes that still need the old version when the new one has everything else.
fn in_use(profile: &Profile, end: &Profile, pair: &Pair, diags: &mut Diagnostics) -> Result<(), Reported> {
    let service = end.services.get(&pair.service).or_else(|| profile.services.get(&pair.service));
    for (name, route) in service.iter().flat_map(|it| it.routes.iter()) {
        let share = route.split.get(&pair.old).filter(|it| it.value.0 > 0).map(|it| it.span);
        let copies = route.mirror.as_ref().and_then(|it| it.version.as_ref());
        let copies = copies.filter(|it| **it == pair.old).map(|it| it.span);
        if let Some(span) = share.or(copies) {
            let message = format!(
                "`{}` cannot retire: route `{name}` of `{}` sends it requests",
                pair.old, pair.service
            );
            let finding = Diagnostic::error(code::VERSION_IN_USE, span, message);
            diags.push(finding.help("point the route elsewhere, or plan without `--retire`"));
        }
    }
    diags.ok()
}

/// The profile with one service changed. Expectations speak of the profile as it was given, not of a step.
fn with_service(profile: &Profile, pair: &Pair, change: impl Fn(&Service) -> Service) -> Profile {
    let services = profile.services.iter().map(|(id, it)| {
        let service = if *id == pair.service { Arc::new(change(it)) } else { Arc::clone(it) };
        (id.clone(), service)
    });
    Profile { services: Named::new(services.collect()), expect: Named::default(), ..profile.clone() }
}
