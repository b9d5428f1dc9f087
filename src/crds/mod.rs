//! The CRDs of a release or of an operator: they judge custom resources as the API server does.
//!
//! A document goes the server's way: unknown fields are told and taken away, defaults filled in, the schema asked,
//! then metadata, lists whose items must differ, and the rules in CEL.
//! Source: apiextensions-apiserver, of which `../shared/oracle` asks the real one.

mod cel;
mod check;
mod complete;
mod format;
mod limits;
mod meta;
mod path;
mod pattern;
mod read;
mod rule;
mod scalar;
mod schema;
mod unique;
mod value;

#[cfg(test)]
mod published;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::{Span, Str};
use crate::yaml::{Kind, Node};

use check::Check;
use complete::Pruned;
use path::Path;
use read::SchemaReader;
use rule::{Asked, MOST_OF_A_DOCUMENT};
use schema::Schema;
use value::Value;

/// Every CRD that was read, by group and kind.
#[derive(Debug, Default)]
pub struct Crds {
    all: BTreeMap<(Str, Str), Crd>,
}

#[derive(Debug)]
struct Crd {
    span: Span,
    namespaced: bool,
    versions: Vec<Version>,
}

#[derive(Debug)]
struct Version {
    name: Str,
    served: bool,
    schema: Schema,
}

impl Crds {
    /// Reads CRDs of `apiextensions.k8s.io/v1`, also those in a `List`.
    ///
    /// A document that is no CRD is told and passed over; so is a second CRD of the same kind.
    pub fn read(documents: &[Node], diags: &mut Diagnostics) -> Self {
        let mut this = Self::default();
        let mut reader = SchemaReader::new(diags);
        for document in documents {
            let kind = document.get("kind").and_then(Node::text).map_or("", |it| it.as_str());
            match document.get("items") {
                Some(items) if kind.ends_with("List") => {
                    items.items().iter().for_each(|it| this.document(it, &mut reader));
                }
                _ => this.document(document, &mut reader),
            }
        }
        this
    }

    /// Whether there is no CRD.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn document(&mut self, node: &Node, reader: &mut SchemaReader<'_>) {
        if node.is_null() {
            return;
        }
        let text = |path: &[&str]| node.at(path).and_then(Node::text).map_or("", |it| it.as_str());
        let (version, kind) = (text(&["apiVersion"]), text(&["kind"]));
        if (version, kind) != ("apiextensions.k8s.io/v1", "CustomResourceDefinition") {
            let message = match kind {
                "CustomResourceDefinition" => format!("a CRD of `{version}` is passed over"),
                "" => "a document that is no CRD is passed over".to_owned(),
                _ => format!("a {kind} is no CRD, and passed over"),
            };
            let place = node.get("kind").map_or(node.span, |it| it.span);
            let finding = Diagnostic::warning(code::NOT_AN_OBJECT, place, message);
            reader.diags.push(finding.help("CRDs are of `apiextensions.k8s.io/v1`"));
            return;
        }
        let mut name = |path: &[&str]| {
            let found = node.at(path).and_then(Node::text).filter(|it| !it.is_empty()).cloned();
            if found.is_none() {
                let message = format!("a CRD needs `{}`", path.join("."));
                let place = node.get("kind").map_or(node.span, |it| it.span);
                reader.diags.push(Diagnostic::error(code::MISSING_KEY, place, message));
            }
            found
        };
        let (Some(group), Some(kind)) = (name(&["spec", "group"]), name(&["spec", "names", "kind"])) else {
            return;
        };
        let span = node.at(&["spec", "names", "kind"]).map_or(node.span, |it| it.span);
        if let Some(first) = self.all.get(&(group.clone(), kind.clone())) {
            let message = format!("there are two CRDs of `{kind}` in `{group}`: the first is taken");
            let finding = Diagnostic::warning(code::OBJECT_TWICE, span, message);
            reader.diags.push(finding.related(first.span, "the first"));
            return;
        }
        let namespaced = node.at(&["spec", "scope"]).and_then(Node::text).is_none_or(|it| it != "Cluster");
        let versions = versions(node, span, reader);
        self.all.insert((group, kind), Crd { span, namespaced, versions });
    }

    /// Judges a custom resource; `false` if there is no CRD of its kind.
    pub fn judge(&self, api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) -> bool {
        let Some((group, version)) = api_version.split_once('/') else { return false };
        let Some(crd) = self.all.get(&(Str::from(group), Str::from(kind))) else { return false };
        let known = crd.versions.iter().find(|it| it.name == version);
        if known.is_none_or(|it| !it.served) {
            let served: Vec<String> =
                crd.versions.iter().filter(|it| it.served).map(|it| format!("{group}/{}", it.name)).collect();
            let message = format!("{kind} is not served as `{api_version}`");
            let place = document.get("apiVersion").map_or(document.span, |it| it.span);
            let mut finding = Diagnostic::error(code::BAD_VALUE, place, message).related(crd.span, "its CRD");
            if served.is_empty() {
                finding = finding.help("its CRD serves no version");
            } else {
                finding = finding.help(format!("it is served as {}", served.join(", ")));
                finding.fix = (served.len() == 1).then(|| served[0].clone());
            }
            diags.push(finding);
        }
        if let Some(version) = known {
            judge(document, kind, version, crd.namespaced, diags);
        }
        true
    }
}

fn versions(node: &Node, span: Span, reader: &mut SchemaReader<'_>) -> Vec<Version> {
    let mut versions = Vec::new();
    let listed = node.at(&["spec", "versions"]).map(Node::items).unwrap_or_default();
    if listed.is_empty() {
        let place = node.at(&["spec", "versions"]).map_or(span, |it| it.span);
        reader.diags.push(Diagnostic::error(
            code::MISSING_KEY,
            place,
            "a CRD needs a version in `spec.versions`",
        ));
    }
    for version in listed {
        let Some(name) = version.get("name").and_then(Node::text) else {
            reader.diags.push(Diagnostic::error(
                code::MISSING_KEY,
                version.span,
                "a version of a CRD needs `name`",
            ));
            continue;
        };
        let says = |key: &str| version.get(key).and_then(Node::text).is_some_and(|it| it == "true");
        let Some(schema) = version.at(&["schema", "openAPIV3Schema"]) else {
            let message = format!("version `{name}` of a CRD needs `schema.openAPIV3Schema`");
            reader.diags.push(Diagnostic::error(code::MISSING_KEY, version.span, message));
            continue;
        };
        let mut schema = reader.root(schema);
        schema.preserve |=
            node.at(&["spec", "preserveUnknownFields"]).and_then(Node::text).is_some_and(|it| it == "true");
        versions.push(Version { name: name.clone(), served: says("served"), schema });
    }
    versions
}

fn judge(document: &Node, kind: &str, version: &Version, namespaced: bool, diags: &mut Diagnostics) {
    if !matches!(document.kind, Kind::Map(_)) {
        return;
    }
    let schema = &version.schema;
    let mut value = Value::of(document);
    let place = document.get("kind").map_or(document.span, |it| it.span);
    let path = Path::root(kind, place);
    let mut pruned = Pruned { diags, meant: Vec::new() };
    complete::prune(&mut value, Some(schema), &path, &mut pruned);
    let meant = pruned.meant;
    complete::drop_nulls(&mut value, Some(schema));
    complete::fill(&mut value, schema);
    let mut check = Check { meant: &meant, ..Check::default() };
    check.value(&value, schema, &path);
    let blocked = check.blocked;
    let whose = if namespaced { meta::Whose::Namespaced } else { meta::Whose::ClusterWide };
    meta::check(&value, schema, whose, &path, &mut check);
    let mut found = check.found;
    found.append(&mut check.told);
    unique::check(&value, schema, &path, &mut found);
    if !blocked {
        let mut asked = Asked { found, left: MOST_OF_A_DOCUMENT };
        rule::ask(&value, schema, schema, &path, &mut asked);
        found = asked.found;
    }
    for finding in found {
        diags.push(finding);
    }
}
