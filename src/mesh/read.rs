//! Anybody's documents become a mesh: lists are opened, what is no object is told and skipped, of twins the last counts.

use std::collections::BTreeMap;

use ecow::EcoVec;

use crate::diag::{self, Diagnostic, Diagnostics, code};
use crate::kube::{Manifest, Other, Resource, group, place};
use crate::mesh::Mesh;
use crate::source::{Span, Spanned, Str, Text};
use crate::yaml::{Entry, Kind, Node};

impl Mesh {
    /// The objects among the documents, in the order of the documents.
    ///
    /// Nothing is refused: whoever reads manifests wants to hear of all of them. The values keep their places.
    pub fn read(documents: Vec<Node>, diags: &mut Diagnostics) -> Self {
        Self::read_into(None, documents, diags)
    }

    /// The same, applied with `kubectl -n`: objects that live in a namespace and do not say which are in this one.
    pub fn read_into(namespace: Option<&str>, documents: Vec<Node>, diags: &mut Diagnostics) -> Self {
        let mut objects = Vec::new();
        for document in documents {
            open(document, None, &mut objects);
        }
        let manifests = objects.into_iter().filter_map(|it: Node| manifest(&it, namespace, diags)).collect();
        Self { manifests: without_twins(manifests, diags) }
    }
}

/// Whether a document is one of the things that a folder of manifests also holds: values of a chart, settings of tools.
pub fn is_bystander(document: &Node) -> bool {
    let word = |key: &str| document.word(key).filter(|it| !it.is_empty());
    match (word("apiVersion"), word("kind")) {
        (Some(api_version), _) if group(api_version) == "kustomize.config.k8s.io" => true,
        (Some(api_version), Some(kind)) => {
            let has_items = kind.ends_with("List") && document.has("items");
            !document.has("metadata") && !has_items && place::is_namespaced(api_version, kind).is_none()
        }
        (None, None) if !document.items().is_empty() => document.items().iter().all(is_bystander),
        (None, None) => true,
        _ => !document.has("metadata"),
    }
}

/// Takes a list apart; the items of a `ServiceList` need not say again what they are.
fn open(document: Node, of_list: Option<(&Str, &Str)>, objects: &mut Vec<Node>) {
    let word = |key: &str| document.get(key).and_then(Node::text).cloned();
    if let (Some(api_version), Some(kind), Some(items)) =
        (word("apiVersion"), word("kind"), document.get("items"))
        && kind.ends_with("List")
    {
        let of_items: Str = kind.trim_end_matches("List").into();
        let inherited = (!of_items.is_empty()).then_some((&api_version, &of_items));
        for item in items.items() {
            open(item.clone(), inherited, objects);
        }
        return;
    }
    // A whole array is what `meshgen render -o json` and `jq` print.
    let are_objects = |it: &[Node]| !it.is_empty() && it.iter().all(|it| it.has("kind"));
    if let Kind::List(items) = &document.kind
        && are_objects(items)
    {
        for item in items {
            open(item.clone(), of_list, objects);
        }
        return;
    }
    let nameless = document.get("kind").is_none() && matches!(document.kind, Kind::Map(_));
    match of_list {
        Some((api_version, kind)) if nameless => objects.push(headed(&document, api_version, kind)),
        _ => objects.push(document),
    }
}

fn headed(item: &Node, api_version: &Str, kind: &Str) -> Node {
    let entry = |key: &str, text: &Str| Entry {
        key: Spanned::made(key.into()),
        value: Node::string(text.clone(), Span::NONE),
    };
    let mut entries = EcoVec::from([entry("apiVersion", api_version), entry("kind", kind)]);
    entries.extend(item.entries().iter().cloned());
    Node::map(entries, item.span)
}

/// An object, or nothing after it was told why it is none.
fn manifest(node: &Node, into: Option<&str>, diags: &mut Diagnostics) -> Option<Manifest> {
    let word = |path: &[&str]| {
        let found = node.at(path)?;
        found.text().filter(|it| !it.is_empty()).map(|it| Text::new(it.clone(), found.span))
    };
    let api_version = word(&["apiVersion"]);
    let kind = word(&["kind"]);
    // Who generates names has none yet: its beginning stands for it.
    let name = word(&["metadata", "name"]).or_else(|| word(&["metadata", "generateName"]));
    let (Some(api_version), Some(kind), Some(name)) = (&api_version, &kind, &name) else {
        let lacking = match (&api_version, &kind) {
            _ if !matches!(node.kind, Kind::Map(_)) => format!("it is {}", node.describe()),
            (None, _) => "it has no `apiVersion`".to_owned(),
            (_, None) => "it has no `kind`".to_owned(),
            _ => "it has no `metadata.name`".to_owned(),
        };
        let message = format!("this document is no Kubernetes object: {lacking}");
        let finding = Diagnostic::warning(code::NOT_AN_OBJECT, first_of(node), message);
        diags.push(finding.help("it is skipped"));
        return None;
    };
    let is_in_one = |_: &&str| place::is_namespaced(api_version, kind) == Some(true);
    let made = |it: &str| Text::made(it.into());
    let other = Other {
        api_version: api_version.value.clone(),
        kind: kind.value.clone(),
        name: name.clone(),
        namespace: word(&["metadata", "namespace"]).or_else(|| into.filter(is_in_one).map(made)),
        layer: place::layer(api_version, kind),
        node: node.clone(),
    };
    let wave = place::wave(api_version, kind, node);
    Some(Manifest::new(wave, "", Resource::Other(Box::new(other))))
}

/// The first key of a document: to underline all of it would say nothing.
fn first_of(node: &Node) -> Span {
    node.entries().first().map_or(node.span, |it| it.key.span)
}

/// Applied one after the other, the last of two manifests of one object is what a cluster has.
fn without_twins(manifests: Vec<Manifest>, diags: &mut Diagnostics) -> Vec<Manifest> {
    let mut last: BTreeMap<(&str, &str, &str, &str), usize> = BTreeMap::new();
    let mut outdone = vec![false; manifests.len()];
    for (index, manifest) in manifests.iter().enumerate() {
        let resource = &manifest.resource;
        let namespace = resource.namespace().map_or("", |it| it.as_str());
        let key = (group(manifest.api_version()), resource.kind(), namespace, resource.name().as_str());
        let Some(first) = last.insert(key, index) else { continue };
        outdone[first] = true;
        let (name, before) = (resource.name(), manifests[first].resource.name());
        let message = format!("`{} {name}` stands twice, and the second counts", resource.kind());
        let mut finding = Diagnostic::warning(code::OBJECT_TWICE, name.span, message);
        finding.object = Some(Box::new(diag::Object {
            kind: resource.kind().to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_string(),
        }));
        diags.push(finding.related(before.span, "the first").help("take one of them away"));
    }
    let mut outdone = outdone.into_iter();
    manifests.into_iter().filter(|_| !outdone.next().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::mesh::Mesh;
    use crate::source::SourceMap;
    use crate::yaml::parse_all;

    /// `Kind name` of what was read, and what was said about it.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add("a.yaml", text).unwrap();
        let documents = parse_all(file, &files, &mut diags).unwrap();
        let mesh = Mesh::read(documents, &mut diags);
        let titles =
            mesh.manifests().iter().map(|it| format!("{} {}", it.resource.kind(), it.resource.name()));
        (titles.collect(), diags.sorted().iter().map(|it| it.message.clone()).collect())
    }

    #[test]
    fn documents_keep_their_order_and_lists_are_opened() {
        let (titles, said) = read(
            "
{ apiVersion: v1, kind: Service, metadata: { name: z } }
---
apiVersion: v1
kind: List
items:
- { apiVersion: v1, kind: Service, metadata: { name: b } }
- { apiVersion: v1, kind: ServiceList, items: [{ metadata: { name: a } }] }
",
        );
        assert_eq!(titles, ["Service z", "Service b", "Service a"]);
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn what_is_no_object_is_told_and_skipped() {
        let (titles, said) = read("a: 1\n---\n- 1\n---\napiVersion: v1\nkind: Service\nmetadata: {}\n");
        assert!(titles.is_empty());
        let why = ["it has no `apiVersion`", "it is a list", "it has no `metadata.name`"];
        let expected = why.map(|it| format!("this document is no Kubernetes object: {it}"));
        assert_eq!(said, expected);
    }

    #[test]
    fn an_array_of_objects_is_opened() {
        let service = "{ apiVersion: v1, kind: Service, metadata: { name: a } }";
        assert_eq!(read(&format!("[{service}]\n")).0, ["Service a"]);
    }

    #[test]
    fn what_lies_beside_manifests_is_told_from_them() {
        let is_bystander = |text: &str| {
            let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
            let file = files.add("a.yaml", text).unwrap();
            super::is_bystander(&parse_all(file, &files, &mut diags).unwrap()[0])
        };
        for text in [
            "replicas: 2",
            "- a",
            "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4",
            "apiVersion: v2\nname: chart",
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata: { name: a }",
        ] {
            assert!(is_bystander(text), "{text}");
        }
        for text in [
            "kind: Service\nmetadata: { name: a }",
            "apiVersion: v1\nkind: Service",
            "apiVersion: v1\nkind: List\nitems: []",
            "apiVersion: example.com/v1\nkind: A\nmetadata: { name: a }",
            "[{ apiVersion: v1, kind: Service }]",
        ] {
            assert!(!is_bystander(text), "{text}");
        }
    }

    #[test]
    fn of_two_manifests_of_one_object_the_last_counts() {
        let service = "{ apiVersion: v1, kind: Service, metadata: { name: a } }";
        let other = "{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: b } }";
        let (titles, said) = read(&format!("{service}\n---\n{other}\n---\n{service}\n"));
        assert_eq!(titles, ["Service a", "Service a"]);
        assert_eq!(said, ["`Service a` stands twice, and the second counts"]);
    }
}
