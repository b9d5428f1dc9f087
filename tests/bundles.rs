//! What holds for every shipped bundle, whatever is in it.

use std::collections::BTreeSet;

use meshgen::bundle::{Layout, bundle};
use meshgen::kube::{Manifest, group};
use meshgen::yaml::print;
use serde_json::Value;

use crate::readers::{read_with_saphyr, read_with_serde_yaml};
use crate::shipped;

/// Every document of every shipped bundle, in order, as text, as JSON and as the manifest it comes from.
fn each_document(mut judge: impl FnMut(&str, &Manifest, &Value)) {
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        assert!(!mesh.manifests().is_empty());
        for manifest in mesh.manifests() {
            let value = serde_json::to_value(manifest).unwrap();
            let place = format!("{name}: {} {}", manifest.resource.kind(), manifest.resource.name());
            judge(&place, manifest, &value);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for name in shipped::names() {
        let render = || {
            let (_, mesh) = shipped::compile(name);
            mesh.manifests().iter().map(print).collect::<Vec<_>>().join("---\n")
        };
        assert_eq!(render(), render(), "{name}");
    }
}

#[test]
fn foreign_readers_see_what_we_mean() {
    each_document(|place, manifest, value| {
        let text = print(manifest);
        assert_eq!(read_with_serde_yaml(&text).as_ref(), Ok(value), "{place}");
        assert_eq!(read_with_saphyr(&text).as_ref(), Ok(value), "{place}");
    });
}

#[test]
fn documents_begin_as_people_write_them() {
    each_document(|place, _, value| {
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys[..3], ["apiVersion", "kind", "metadata"], "{place}");
        assert_eq!(value["metadata"].as_object().unwrap().keys().next().unwrap(), "name", "{place}");
    });
}

#[test]
fn every_object_says_what_it_belongs_to() {
    each_document(|place, _, value| {
        let labels = &value["metadata"]["labels"];
        assert!(labels["app.kubernetes.io/part-of"].is_string(), "{place}");
        assert_eq!(labels["app.kubernetes.io/managed-by"], "meshgen", "{place}");
    });
}

#[test]
fn no_object_stands_twice() {
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        let mut known = BTreeSet::new();
        for it in mesh.manifests() {
            let resource = &it.resource;
            let id = (group(it.api_version()), resource.kind(), resource.namespace(), resource.name());
            assert!(known.insert(id), "{name}: {id:?}");
        }
    }
}

/// Applied top to bottom, nothing names what is not there yet: no subset, no namespace, no service account.
#[test]
fn what_is_named_comes_first() {
    for name in shipped::names() {
        let (_, mesh) = shipped::compile(name);
        let (mut hosts, mut known) = (BTreeSet::new(), BTreeSet::new());
        for manifest in mesh.manifests() {
            let value = serde_json::to_value(manifest).unwrap();
            let (kind, metadata) = (manifest.resource.kind(), &value["metadata"]);
            let namespace = metadata["namespace"].as_str().map(str::to_owned);
            if let Some(namespace) = &namespace {
                let there = known.contains(&("Namespace".to_owned(), None, namespace.clone()));
                assert!(
                    there || namespace == "istio-system",
                    "{name}: {kind} before its namespace {namespace}"
                );
            }
            if let Some(account) = value["spec"]["template"]["spec"]["serviceAccountName"].as_str() {
                let id = ("ServiceAccount".to_owned(), namespace.clone(), account.to_owned());
                assert!(known.contains(&id), "{name}: {kind} before its service account {account}");
            }
            if kind == "DestinationRule" {
                hosts.insert(value["spec"]["host"].as_str().unwrap().to_owned());
            }
            for host in hosts_with_subset(&value["spec"]) {
                assert!(
                    hosts.contains(&host),
                    "{name}: {kind} names a subset of {host} before its DestinationRule"
                );
            }
            known.insert((kind.to_owned(), namespace, metadata["name"].as_str().unwrap().to_owned()));
        }
    }
}

/// The hosts of all destinations that name a subset, however deep.
fn hosts_with_subset(value: &Value) -> Vec<String> {
    match value {
        Value::Object(entries) => {
            let own = value["subset"].as_str().and(value["host"].as_str()).map(str::to_owned);
            own.into_iter().chain(entries.values().flat_map(hosts_with_subset)).collect()
        }
        Value::Array(items) => items.iter().flat_map(hosts_with_subset).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_tree_of_the_document_parts_manifests_from_configs() {
    for name in shipped::names() {
        let (scenario, mesh) = shipped::compile(name);
        let namespace = &scenario.profile().namespace;
        let bundle = bundle(&mesh, name, namespace, Layout::Seed);
        let mut objects = 0;
        for file in &bundle.files {
            let Some(object) = &file.object else { continue };
            let group = group(&object.api_version);
            let istio = group.ends_with("istio.io");
            // A dashboard is a ConfigMap that only Grafana reads.
            let watched = file.path.starts_with("configs/observability/");
            let core = matches!(group, "" | "apps" | "policy" | "batch" | "autoscaling") && !watched;
            let folder = file.path.split('/').next().unwrap();
            assert!(["manifests", "configs"].contains(&folder), "{name}: {}", file.path);
            assert!(!(folder == "manifests" && istio), "{name}: {} is Istio's", file.path);
            assert!(!(folder == "configs" && core), "{name}: {} is none of Istio's", file.path);
            objects += 1;
        }
        assert_eq!(objects, mesh.manifests().len(), "{name}: every object is in one folder, and only in one");
    }
}
