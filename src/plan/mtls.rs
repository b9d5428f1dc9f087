//! From permissive to strict: rules first, then one namespace after the other, then the mesh.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::plan::{Act, Flow, Plan, Step, authz, callers};
use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::{Mtls, MtlsMode, Profile};
use crate::source::{Span, Spanned, Text};
use crate::yaml::Named;

/// The states of a migration. The profile is where it starts; what it switches off stays off.
///
/// # Errors
/// Nothing is permissive; a caller without a proxy would be shut out.
pub fn plan(profile: &Profile, diags: &mut Diagnostics) -> Result<Plan, Reported> {
    let waves = waves(profile);
    let whole_mesh = profile.mtls.mesh.is_some_and(|it| it.value == MtlsMode::Permissive);
    if waves.is_empty() && !whole_mesh {
        return Err(diags.report(nothing(profile)));
    }
    callers::reach(profile, &waves, diags)?;
    let mut steps = authz::steps(profile);
    for namespace in &waves {
        let Some(last) = steps.last() else { break };
        let state = Profile { mtls: with_namespace(&last.profile.mtls, namespace), ..last.profile.clone() };
        let act = Act::Strict(namespace.value.clone());
        steps.push(Step { name: format!("{namespace}-strict"), act, profile: state });
    }
    if let Some(last) = steps.last().filter(|_| whole_mesh) {
        let mesh = last.profile.mtls.mesh.map(|it| it.with(MtlsMode::Strict));
        let state = Profile { mtls: Mtls { mesh, ..last.profile.mtls.clone() }, ..last.profile.clone() };
        steps.push(Step { name: "mesh-strict".to_owned(), act: Act::StrictMesh, profile: state });
    }
    Ok(Plan { flow: Flow::Mtls, profile: profile.clone(), pair: None, steps })
}

/// The mode of a namespace as the profile has it; what nobody says is permissive in Istio.
pub fn mode(profile: &Profile, namespace: &str) -> Spanned<MtlsMode> {
    profile.mtls_of(namespace).unwrap_or(Spanned::made(MtlsMode::Permissive))
}

/// Every namespace that is permissive, sorted. The root namespace is the mesh's own.
fn waves(profile: &Profile) -> Vec<Text> {
    let all = namespaces(profile).into_values();
    all.filter(|it| mode(profile, it).value == MtlsMode::Permissive).cloned().collect()
}

fn namespaces(profile: &Profile) -> BTreeMap<&str, &Text> {
    let services = profile.service_refs().map(ServiceRef::namespace);
    let clients = profile.client_refs().map(ClientRef::namespace);
    let single = profile.mtls.namespaces.iter().map(|(name, _)| name);
    let all = std::iter::once(&profile.namespace).chain(services).chain(clients).chain(single);
    all.filter(|it| **it != profile.mesh.root_namespace).map(|it| (it.as_str(), it)).collect()
}

fn with_namespace(mtls: &Mtls, namespace: &Text) -> Mtls {
    let mut namespaces = mtls.namespaces.clone().into_entries();
    if let Some((_, mode)) = namespaces.iter_mut().find(|(name, _)| name == namespace) {
        mode.value = MtlsMode::Strict;
    } else {
        let before = mtls.namespace.unwrap_or(Spanned::made(MtlsMode::Strict));
        namespaces.push((namespace.clone(), before.with(MtlsMode::Strict)));
    }
    Mtls { namespaces: Named::new(namespaces), ..mtls.clone() }
}

fn nothing(profile: &Profile) -> Diagnostic {
    let modes = namespaces(profile).into_keys().map(|it| mode(profile, it));
    let (strict, off): (Vec<_>, Vec<_>) = modes.partition(|it| it.value == MtlsMode::Strict);
    let place = |modes: &[Spanned<MtlsMode>]| modes.iter().map(|it| it.span).find(|it| it.is_some());
    let (span, message) = match (off.first(), strict.first()) {
        (Some(_), None) => {
            (place(&off), "mutual TLS is `disable` everywhere: there is nothing that is permissive")
        }
        (Some(_), Some(_)) => {
            (place(&off), "whatever is not strict already is `disable`: there is nothing to plan")
        }
        (None, _) => (place(&strict), "every namespace is strict already: there is nothing to plan"),
    };
    Diagnostic::error(code::PLAN_OF_NOTHING, span.unwrap_or(Span::NONE), message)
        .help("a plan starts where the mesh is now: say so with `--set mtls=permissive`")
}
