//! The profiles whose rules are judged: those that come along, and some that have everything.

use meshgen::check::Scenario;
use meshgen::diag::{Diagnostics, human};
use meshgen::mesh::Mesh;
use meshgen::profile::rollout::Engine;
use meshgen::resolve::{Resolver, Wish};
use meshgen::source::SourceMap;
use serde_json::Value;

use crate::promtool::cases::Place;
use crate::shipped;

/// Two namespaces, everything watched.
const EVERYTHING: &str = "
extends: base
namespace: demo
mesh: { clusterDomain: mesh.example.org }
services:
  hello:
    ports: { http: { number: 80, target: 8080 }, admin: { number: 9000, protocol: grpc } }
    versions: { v1: { image: 'a/b:1' }, v2: { image: 'a/b:2' } }
    routes: { default: { split: { v1: 50, v2: 50 } } }
    circuitBreaker:
      connectionPool: { maxConnections: 3, http1MaxPendingRequests: 1 }
      outlierDetection: { consecutive5xxErrors: 5 }
  hello-world: { ports: { http: { number: 80 } }, versions: { v1: { image: 'a/b:1' } } }
  store:
    ports: { sql: { number: 5432, protocol: tcp } }
    versions: { v1: { image: 'a/b:1' } }
    circuitBreaker: { connectionPool: { maxConnections: 3 } }
  far:
    namespace: other
    ports: { http: { number: 80 } }
    versions: { v1: { image: 'a/b:1' } }
clients: { curl: { image: 'a/c:1' } }
gateway: { http: 80, hosts: { hello.example.com: hello } }
observability:
  rules: true
  breakerStats: true
  labels: { release: monitoring }
  slo: { availability: 99.9, p99: 500ms }
  runbooks: https://wiki.example.com/mesh
  receivers: { team: { webhook: { name: chat, key: url } } }
  smoke: { client: curl, prober: 'blackbox.monitoring:9115' }
";

/// Flagger counts under three names.
const FLAGGER: &str = "
extends: base
namespace: demo
services:
  hello:
    ports: { http: { number: 80 } }
    versions: { v1: { image: 'a/b:1' } }
    circuitBreaker: { connectionPool: { http1MaxPendingRequests: 1 }, outlierDetection: { consecutive5xxErrors: 5 } }
  hello-canary-x: { ports: { http: { number: 80 } }, versions: { v1: { image: 'a/b:1' } } }
rollout: { engine: flagger, services: hello, checks: { successRate: 99 } }
observability: { rules: true, breakerStats: true, slo: { availability: 99.95 } }
";

/// Names with as many dashes as may be, nothing promised.
const DASHES: &str = "
extends: base
namespace: a-b--c
mesh: { rootNamespace: istio-1-30 }
mtls: permissive
services:
  a-b--c: { mtls: strict, ports: { http2: { number: 81, protocol: http2 } }, versions: { v1: { image: 'a/b:1' } } }
  a: { ports: { http: { number: 80 }, tcp: { number: 81, protocol: tcp } }, versions: { v1: { image: 'a/b:1' } } }
observability: { rules: true }
";

/// Only bytes.
const BYTES: &str = "
extends: base
namespace: demo
services: { store: { ports: { sql: { number: 5432, protocol: tcp } }, versions: { v1: { image: 'a/b:1' } } } }
observability: { rules: true }
";

/// The rules of one namespace of a profile.
pub struct Rules {
    pub name: String,
    pub namespace: String,
    pub groups: Vec<Value>,
    scenario: Scenario,
}

/// All of them.
pub fn all() -> Vec<Rules> {
    let own = [("everything", EVERYTHING), ("flagger", FLAGGER), ("dashes", DASHES), ("bytes", BYTES)];
    let own = own.into_iter().map(|(name, text)| (name, compile(name, text)));
    let shipped = shipped::names().map(|name| (name, shipped::compile(name)));
    let all: Vec<Rules> = own.chain(shipped).flat_map(|(name, it)| rules(name, &it)).collect();
    assert!(all.len() >= 5);
    all
}

fn compile(name: &str, text: &str) -> (Scenario, Mesh) {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add(name, text).unwrap();
    let library = &mut shipped::Builtins;
    let profile = Resolver::default().profile(file, &Wish::default(), library, &mut files, &mut diags);
    let compiled = profile.and_then(|it| meshgen::compile(name.into(), it, &mut diags));
    assert!(diags.sorted().is_empty(), "{}", human::render(&diags.sorted(), &files, false));
    compiled.unwrap()
}

fn rules(name: &str, (scenario, mesh): &(Scenario, Mesh)) -> Vec<Rules> {
    let own = mesh.manifests().iter().filter(|it| it.resource.kind() == "PrometheusRule");
    let rules = own.map(|manifest| {
        let value = serde_json::to_value(manifest).unwrap();
        let namespace = value["metadata"]["namespace"].as_str().unwrap().to_owned();
        let groups = value["spec"]["groups"].as_array().unwrap().clone();
        Rules { name: name.to_owned(), namespace, groups, scenario: scenario.clone() }
    });
    rules.collect()
}

impl Rules {
    /// The name of a file about them.
    pub fn file(&self, what: &str) -> String {
        format!("{}.{}.{what}.{:?}", self.name, self.namespace, std::thread::current().id())
    }

    /// All rules.
    pub fn rules(&self) -> impl Iterator<Item = &Value> {
        self.groups.iter().flat_map(|it| it["rules"].as_array().unwrap())
    }

    /// Those that are alerts.
    pub fn alerts(&self) -> impl Iterator<Item = &Value> {
        self.rules().filter(|it| it["alert"].is_string())
    }

    /// Every port of every service of the namespace, under every name that it is counted by.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let profile = self.scenario.profile();
        let own = profile.service_refs().filter(|it| it.namespace().as_str() == self.namespace);
        own.flat_map(move |service| {
            let copied = profile.engine_of(service) == Some(Engine::Flagger);
            let suffixes: &[&str] = if copied { &["", "-primary", "-canary"] } else { &[""] };
            let slo = profile.observability.as_ref().and_then(|it| it.slo.as_ref());
            let place = move |suffix: &&str, port: &meshgen::profile::service::ServicePort| Place {
                namespace: self.namespace.clone(),
                service: service.name().to_string(),
                counted: format!("{}{suffix}", service.name()),
                port: port.number.value.0,
                http: port.protocol.value.is_http(),
                domain: profile.mesh.cluster_domain.to_string(),
                root: profile.mesh.root_namespace.to_string(),
                budget: slo.map_or(0, |it| 1_000_000 - u64::from(it.availability.value.parts())),
                p99: slo.and_then(|it| it.p99.as_ref()).map_or(0, |it| it.millis()),
            };
            let ports = service.service.ports.values();
            ports.flat_map(move |port| suffixes.iter().map(move |suffix| place(suffix, port)))
        })
    }
}
