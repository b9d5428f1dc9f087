//! A manifest of the user's own becomes a manifest of the mesh.

use crate::amend::ambiguous;
use crate::amend::edit::{in_order, set, text_at, without_nulls};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::kube::{Manifest, Other, Resource, place};
use crate::profile::Profile;
use crate::source::{Span, Text};
use crate::yaml::{Kind, Node};

const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";

/// Reads an entry of `raw`: what every object needs is there, what the profile says once is filled in.
///
/// `None` after it was reported what is missing.
pub fn manifest(key: &Text, node: &Node, profile: &Profile, diags: &mut Diagnostics) -> Option<Manifest> {
    if !matches!(node.kind, Kind::Map(_)) {
        let message = format!("expected a manifest (a mapping), found {}", node.describe());
        diags.push(Diagnostic::error(code::WRONG_TYPE, node.span, message));
        return None;
    }
    ambiguous::report(node, diags);
    let api_version = word(node, &["apiVersion"], key.span, diags);
    let kind = word(node, &["kind"], key.span, diags);
    let name = word(node, &["metadata", "name"], key.span, diags);
    let (api_version, kind) = (api_version?, kind?);
    if kind.ends_with("List") && node.get("items").is_some() {
        let message = format!("`{kind}` is not one object");
        let finding = Diagnostic::error(code::BAD_VALUE, kind.span, message);
        diags.push(finding.help("make each of its items an entry of `raw`"));
        return None;
    }
    let name = name?;
    let mut document = in_order(&without_nulls(node));
    let namespace = namespace(&mut document, &api_version, &kind, profile, diags);
    let wave = wave(&mut document, &api_version, &kind, profile, diags);
    let layer = place::layer(&api_version, &kind);
    let (api_version, kind) = (api_version.value, kind.value);
    let other = Other { node: document, api_version, kind, name, namespace, layer };
    Some(Manifest::new(wave, "", Resource::Other(Box::new(other))))
}

/// A text that every object must have.
fn word(node: &Node, path: &[&str], key: Span, diags: &mut Diagnostics) -> Option<Text> {
    let found = node.at(path).filter(|it| !it.is_null());
    let path_text = path.join(".");
    let Some(found) = found else {
        diags.push(Diagnostic::error(code::MISSING_KEY, key, format!("a manifest needs `{path_text}`")));
        return None;
    };
    let text = text_at(node, path).filter(|it| !it.is_empty());
    if text.is_none() {
        let message = format!("`{path_text}` takes a text, found {}", found.describe());
        diags.push(Diagnostic::error(code::WRONG_TYPE, found.span, message));
    }
    text
}

/// The namespace of the object: the profile's, if its kind has one and it says none.
fn namespace(
    document: &mut Node,
    api_version: &str,
    kind: &Text,
    profile: &Profile,
    diags: &mut Diagnostics,
) -> Option<Text> {
    let path = ["metadata", "namespace"];
    let namespaced = place::is_namespaced(api_version, kind);
    if let Some(written) = text_at(document, &path) {
        if namespaced == Some(false) {
            let message = format!("a {kind} belongs to the cluster, not to namespace `{written}`");
            let finding = Diagnostic::error(code::BAD_VALUE, written.span, message);
            diags.push(finding.help("take `namespace` away"));
        }
        return Some(written);
    }
    if namespaced != Some(true) || document.at(&path).is_some() {
        return None;
    }
    let own = &profile.namespace;
    set(document, &path, "name", Node::string(own.value.clone(), own.span));
    Some(own.clone())
}

/// The wave of the object: what its annotation says, otherwise by kind; then written down where waves are.
fn wave(
    document: &mut Node,
    api_version: &str,
    kind: &str,
    profile: &Profile,
    diags: &mut Diagnostics,
) -> i8 {
    let path = ["metadata", "annotations", SYNC_WAVE];
    let usual = place::wave(api_version, kind, document);
    if let Some(written) = text_at(document, &path) {
        return written.parse().unwrap_or_else(|_| {
            let message = format!("`{written}` is no wave: a whole number from -128 to 127 is");
            diags.push(Diagnostic::error(code::BAD_VALUE, written.span, message));
            usual
        });
    }
    if profile.delivery.sync_waves.value && document.at(&path).is_none() {
        set(document, &path, "labels", Node::string(ecow::eco_format!("{usual}"), Span::NONE));
    }
    usual
}
