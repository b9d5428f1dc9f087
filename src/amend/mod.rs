//! The user's own manifests join the mesh, and the user's patches change it: both are checked like everything else.

mod ambiguous;
mod edit;
mod json_patch;
mod judge;
mod merge;
mod patch;
mod pointer;
mod raw;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::check::Scenario;
use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::kube::{Manifest, group};
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::source::{Span, Str};

use judge::Touched;

/// Takes the profile's raw manifests into the mesh, then applies its patches in the order written.
///
/// Only raw and patched objects become trees; everything else stays as it was lowered.
///
/// # Errors
/// When a raw manifest or a patch is wrong, or what comes out is no object that the cluster would take.
pub fn amend(mesh: Mesh, scenario: &Scenario, diags: &mut Diagnostics) -> Result<Mesh, Reported> {
    let profile = scenario.profile();
    // Errors that were told before, of another profile, are not this one's.
    let mut own = Diagnostics::default();
    report_made_twice(&mesh, &mut own);
    let amended = own.ok().and_then(|()| {
        let nothing_to_do = profile.raw.is_empty() && profile.patches.is_empty();
        if nothing_to_do { Ok(mesh) } else { amend_with(mesh, profile, &mut own) }
    });
    diags.append(own);
    amended
}

/// Two parts of a profile may come to one object, as a mode of a service named `default` and that of its namespace: the
/// second would overwrite the first in the cluster.
fn report_made_twice(mesh: &Mesh, diags: &mut Diagnostics) {
    // Of one kind, one may be early and the other late; within a wave they are in order already.
    let mut manifests: Vec<&Manifest> = mesh.manifests().iter().collect();
    let order = |a: &Manifest, b: &Manifest| {
        let ((_, rank, space, name), (_, other, its_space, its_name)) = (a.order(), b.order());
        (rank, space, name).cmp(&(other, its_space, its_name))
    };
    manifests.sort_by(|a, b| order(a, b));
    for pair in manifests.windows(2).filter(|it| order(it[0], it[1]).is_eq()) {
        let (first, second) = (pair[0].resource.name(), pair[1].resource.name());
        let message = format!("the profile comes to two objects `{} {second}`", pair[1].resource.kind());
        let span = if second.span.is_some() { second.span } else { first.span };
        let finding = Diagnostic::error(code::OBJECT_TWICE, span, message);
        diags.push(finding.help("give what makes one of the two another name"));
    }
}

fn amend_with(mesh: Mesh, profile: &Profile, diags: &mut Diagnostics) -> Result<Mesh, Reported> {
    let mut manifests = mesh.into_manifests();
    let emitted = manifests.len();
    let mut touched = Touched::default();
    for (name, node) in profile.raw.iter() {
        if let Some(manifest) = raw::manifest(name, node, profile, diags) {
            touched.mark(manifests.len(), name.span);
            manifests.push(manifest);
        }
    }
    if emitted < manifests.len() {
        report_twins(&manifests, emitted, &touched, diags);
    }
    for (name, patch) in profile.patches.iter() {
        patch::apply(name, patch, &mut manifests, &mut touched, diags);
    }
    touched.judge(&manifests, diags);
    diags.ok()?;
    Ok(Mesh::new(manifests))
}

/// Reports raw manifests of an object that is there already.
fn report_twins(manifests: &[Manifest], emitted: usize, touched: &Touched, diags: &mut Diagnostics) {
    let mut known: BTreeMap<(&str, &str, &str, &str), usize> = BTreeMap::new();
    for (index, manifest) in manifests.iter().enumerate() {
        let resource = &manifest.resource;
        let namespace = resource.namespace().map_or("", |it| it.as_str());
        let key = (group(manifest.api_version()), resource.kind(), namespace, resource.name().as_str());
        let Some(first) = known.insert(key, index).filter(|_| index >= emitted) else { continue };
        known.insert(key, first);
        let what = format!("`{} {}`", resource.kind(), resource.name());
        let twin = touched.span(first);
        let (message, help) = if first < emitted {
            (format!("{what} is already made from the profile"), "use a patch to change it")
        } else {
            (format!("{what} stands twice under `raw`"), "take one of them away")
        };
        let finding = Diagnostic::error(code::BAD_VALUE, name_span(manifest, touched, index), message);
        diags.push(finding.related(twin, "the first").help(help));
    }
}

/// Where the name of a raw manifest stands.
fn name_span(manifest: &Manifest, touched: &Touched, index: usize) -> Span {
    let span = manifest.resource.name().span;
    if span.is_some() { span } else { touched.span(index) }
}

/// `Kind namespace/name`, or `Kind name`.
fn title(manifest: &Manifest) -> Str {
    let resource = &manifest.resource;
    let place = resource.namespace().map(|it| ecow::eco_format!("{it}/")).unwrap_or_default();
    ecow::eco_format!("{} {place}{}", resource.kind(), resource.name())
}
