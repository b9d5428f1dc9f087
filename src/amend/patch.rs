//! A patch finds its objects and changes them.

use crate::amend::edit::{text_at, without_nulls};
use crate::amend::json_patch::Operation;
use crate::amend::judge::Touched;
use crate::amend::merge::merge;
use crate::amend::{ambiguous, title};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::kube::{Manifest, Other, Resource};
use crate::profile::Patch;
use crate::profile::raw::Target;
use crate::source::{Span, Str, Text};
use crate::yaml::to_node;
use crate::yaml::{Kind, Node};

/// Applies a patch to every object that it is for.
pub fn apply(
    key: &Text,
    patch: &Patch,
    manifests: &mut [Manifest],
    touched: &mut Touched,
    diags: &mut Diagnostics,
) {
    let Patch { target, merge: top, json } = patch;
    let errors = diags.errors();
    if let Some(top) = top {
        ambiguous::report(top, diags);
        if !matches!(top.kind, Kind::Map(_)) {
            let message = format!("`merge` takes a mapping, found {}", top.describe());
            diags.push(Diagnostic::error(code::WRONG_TYPE, top.span, message));
        }
    }
    for operation in json {
        ambiguous::report(operation, diags);
    }
    let operations: Vec<Operation> = json.iter().filter_map(|it| Operation::read(it, diags)).collect();
    if top.is_none() && json.is_empty() {
        let finding =
            Diagnostic::error(code::MISSING_KEY, key.span, format!("patch `{key}` changes nothing"));
        diags.push(finding.help("give it `merge` or `json`"));
    }
    let hits: Vec<usize> = (0..manifests.len()).filter(|it| fits(target, &manifests[*it])).collect();
    if hits.is_empty() {
        diags.push(no_object(target, manifests));
    }
    if diags.errors() > errors {
        return;
    }
    for index in hits {
        touched.mark(index, key.span);
        if let Err(finding) = change(key.span, top.as_ref(), &operations, &mut manifests[index]) {
            diags.push(*finding);
            return;
        }
    }
}

fn fits(target: &Target, manifest: &Manifest) -> bool {
    let resource = &manifest.resource;
    resource.kind() == target.kind.as_str()
        && target.name.as_ref().is_none_or(|it| it == resource.name())
        && target.namespace.as_ref().is_none_or(|it| resource.namespace() == Some(it))
}

/// Changes one object, which becomes a tree if it is none yet.
fn change(
    cause: Span,
    top: Option<&Node>,
    operations: &[Operation],
    manifest: &mut Manifest,
) -> Result<(), Box<Diagnostic>> {
    let title = title(manifest);
    let mut node = match &manifest.resource {
        Resource::Other(other) => other.node.clone(),
        // What stands there already was well before: whatever is wrong now is the patch's doing.
        _ => to_node(&*manifest).without_places(),
    };
    let before = identity(&node);
    if let Some(top) = top {
        merge(&mut node, top);
    }
    for operation in operations {
        operation.apply(&mut node).map_err(|it| in_object(it, &title))?;
    }
    for ((path, before), (_, after)) in before.iter().zip(identity(&node)) {
        if *before != after {
            let span = node.at(path).map_or(cause, |it| if it.span.is_some() { it.span } else { cause });
            let message = format!("a patch cannot change `{}` of {title}", path.join("."));
            let finding = Diagnostic::error(code::BAD_VALUE, span, message);
            return Err(Box::new(finding.help("that would be another object: write it under `raw`")));
        }
    }
    node = without_nulls(&node);
    if let Resource::Other(other) = &mut manifest.resource {
        other.node = node;
        return Ok(());
    }
    let other = Other {
        node,
        api_version: manifest.api_version.into(),
        kind: manifest.resource.kind().into(),
        name: manifest.resource.name().clone(),
        namespace: manifest.resource.namespace().cloned(),
        layer: manifest.resource.layer(),
    };
    *manifest = Manifest::new(manifest.wave, manifest.api_version, Resource::Other(Box::new(other)));
    Ok(())
}

/// What tells one object from another.
fn identity(node: &Node) -> [(&'static [&'static str], Option<Str>); 4] {
    const PATHS: [&[&str]; 4] =
        [&["apiVersion"], &["kind"], &["metadata", "name"], &["metadata", "namespace"]];
    PATHS.map(|path| (path, text_at(node, path).map(|it| it.value)))
}

fn in_object(mut finding: Box<Diagnostic>, title: &str) -> Box<Diagnostic> {
    finding.message = format!("{} in {title}", finding.message);
    finding
}

/// Says that no object fits, and which there are: by kind, then by name, then by namespace.
fn no_object(target: &Target, manifests: &[Manifest]) -> Diagnostic {
    let Target { kind, name, namespace } = target;
    let of_kind = || manifests.iter().filter(|it| it.resource.kind() == kind.as_str());
    let told = |span, message: String, wrong: &str, mut known: Vec<&str>| {
        known.sort_unstable();
        known.dedup();
        Diagnostic::error(code::BAD_VALUE, span, message).suggest(wrong, known)
    };
    if of_kind().next().is_none() {
        let kinds = manifests.iter().map(|it| it.resource.kind()).collect();
        return told(kind.span, format!("there is no {kind} to patch"), kind, kinds);
    }
    if let Some(name) = name
        && !of_kind().any(|it| it.resource.name() == name)
    {
        let names = of_kind().map(|it| it.resource.name().as_str()).collect();
        return told(name.span, format!("there is no {kind} named `{name}` to patch"), name, names);
    }
    let named = of_kind().filter(|it| name.as_ref().is_none_or(|name| it.resource.name() == name));
    let wanted = namespace.as_ref().unwrap_or(kind);
    let namespaces = named.filter_map(|it| it.resource.namespace().map(|it| it.as_str())).collect();
    let what = name.as_ref().map_or_else(|| format!("{kind}"), |name| format!("{kind} `{name}`"));
    told(wanted.span, format!("there is no {what} in namespace `{wanted}`"), wanted, namespaces)
}
