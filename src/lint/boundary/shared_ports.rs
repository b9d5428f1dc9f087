//! Ports of hosts that several ServiceEntries declare to the same namespaces.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

/// A port of a host, as one ServiceEntry declares it.
#[derive(Clone, Copy)]
pub struct Declared<'m> {
    /// The ServiceEntry.
    pub entry: &'m Object,
    /// The host.
    pub host: &'m str,
    /// The port.
    pub port: &'m Node,
}

impl Declared<'_> {
    /// Its protocol in capitals; empty if there is none.
    pub fn protocol(&self) -> String {
        self.port.word("protocol").map_or_else(String::new, |it| it.to_ascii_uppercase().to_string())
    }
}

/// Host and port, then the namespaces it is declared to.
type Index<'m> = BTreeMap<(&'m str, i64), BTreeMap<&'m str, Vec<Declared<'m>>>>;

/// The ports that are declared more than once to one namespace, `*` being that of all.
pub fn shared_ports(cluster: &Cluster) -> Vec<Vec<Declared<'_>>> {
    let mut index = Index::new();
    for entry in cluster.of(Sort::ServiceEntry) {
        for host in entry.spec().list("hosts").iter().filter_map(|it| it.text()) {
            for port in entry.spec().list("ports").iter().filter(|it| !it.is_null()) {
                let number = port.whole("number").unwrap_or(0);
                let scopes = index.entry((host.as_str(), number)).or_default();
                for scope in scopes_of(entry) {
                    scopes.entry(scope).or_default().push(Declared { entry, host, port });
                }
            }
        }
    }
    let mut shared = Vec::new();
    for scopes in index.into_values() {
        let public = scopes.get("*").cloned().unwrap_or_default();
        for (scope, mut declared) in scopes {
            if scope != "*" {
                declared.extend_from_slice(&public);
            }
            if declared.len() > 1 {
                shared.push(declared);
            }
        }
    }
    shared
}

fn scopes_of(entry: &Object) -> Vec<&str> {
    let said: Vec<&str> =
        entry.spec().list("exportTo").iter().filter_map(|it| it.text()).map(Str::as_str).collect();
    if said.is_empty() || said.contains(&"*") {
        return vec!["*"];
    }
    let mut scopes: Vec<&str> =
        said.iter().map(|it| if *it == "." { entry.namespace() } else { it }).collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
