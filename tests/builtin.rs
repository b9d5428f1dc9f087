//! Kubernetes' own types read every built-in kind that we print and give it back unchanged: no key is misspelt, none is
//! in a wrong place.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use k8s_openapi::api::{
    apps::v1 as apps, autoscaling::v2 as autoscaling, batch::v1 as batch, core::v1 as core,
    networking::v1 as networking, policy::v1 as policy,
};
use meshgen::builtin::{self, PROFILES};
use meshgen::diag::Diagnostics;
use meshgen::kube::Manifest;
use meshgen::resolve::{Resolver, Wish};
use meshgen::source::SourceMap;
use meshgen::{check, lower, yaml};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::shipped::Builtins;

/// The manifests of a profile, in the order of application.
pub fn manifests(text: &str) -> Vec<Manifest> {
    compiled("example", text)
}

/// The manifests of a profile that has this name.
pub fn compiled(name: &str, text: &str) -> Vec<Manifest> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("profile.yaml", text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Builtins, &mut files, &mut diags);
    let scenario = profile.and_then(|it| check::check(name.into(), it, &mut diags));
    let Ok(scenario) = scenario else { panic!("{text}\n{:#?}", diags.sorted()) };
    lower::lower(&scenario).into_manifests()
}

/// Fails unless the document is of a custom kind, or Kubernetes' own type keeps all of it.
pub fn assert_lossless(document: &str) {
    let value: Value = serde_yaml::from_str(document).unwrap();
    let word = |key| value[key].as_str().unwrap_or_default();
    let kept = match (word("apiVersion"), word("kind")) {
        ("v1", "ConfigMap") => kept::<core::ConfigMap>(&value),
        ("v1", "Namespace") => kept::<core::Namespace>(&value),
        ("v1", "Service") => kept::<core::Service>(&value),
        ("v1", "ServiceAccount") => kept::<core::ServiceAccount>(&value),
        ("v1", "LimitRange") => kept::<core::LimitRange>(&value),
        ("v1", "ResourceQuota") => kept::<core::ResourceQuota>(&value),
        ("batch/v1", "CronJob") => kept::<batch::CronJob>(&value),
        ("batch/v1", "Job") => kept::<batch::Job>(&value),
        ("autoscaling/v2", "HorizontalPodAutoscaler") => kept::<autoscaling::HorizontalPodAutoscaler>(&value),
        ("apps/v1", "Deployment") => kept::<apps::Deployment>(&value),
        ("networking.k8s.io/v1", "NetworkPolicy") => kept::<networking::NetworkPolicy>(&value),
        ("policy/v1", "PodDisruptionBudget") => kept::<policy::PodDisruptionBudget>(&value),
        (version, _) if version.contains('.') && !version.contains(".k8s.io/") => return,
        (version, kind) => panic!("{version} {kind} has no row here"),
    };
    assert_eq!(kept, value, "{document}");
}

fn kept<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
    let typed: T = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}\n{value:#}"));
    serde_json::to_value(typed).unwrap()
}

/// Whatever the language can say of the base layer.
const EVERYTHING: &str = "
namespace: demo
mesh: { revision: stable, cni: true }
delivery: { syncWaves: true }
namespaceLimits: { quota: { pods: 50, requests.cpu: 10 }, defaultRequests: { cpu: 50m }, defaultLimits: { cpu: 1 } }
load: { burst: { from: curl, to: hello, headers: { x-a: b } } }
services:
  hello:
    ports: { http: { number: 80, target: 8080 }, alt: { number: 81, target: 8080 }, grpc: { number: 90, protocol: grpc } }
    versions:
      v1:
        image: example/hello:1
        env: { EMPTY: '', ON: 'on', S: { secret: { name: s, key: k } }, C: { configMap: { name: c, key: k } } }
        command: [run]
        args: ['--on', 'yes', '1']
        files: { /etc/app/site.yaml: 'a: b', /etc/app/conf.d/x_y.conf: x, /srv/other/site.yaml: z }
        labels: { team: blue }
        annotations: { example.org/on: 'yes' }
        probes:
          startup: { exec: { command: ['true'] } }
          readiness: { httpGet: { path: /ready, port: alt }, initialDelaySeconds: 1, successThreshold: 2 }
          liveness: { grpc: { port: grpc }, timeoutSeconds: 3 }
      v2: { image: example/hello:2, replicas: 1, securityContext: { readOnlyRootFilesystem: false } }
    routes: { default: { split: { v1: 50, v2: 50 } } }
clients: { curl: { image: example/curl:1, namespace: other } }
callers: { batch: { namespace: jobs, serviceAccount: batch } }
external: { pay: { hosts: pay.example.com, ports: { https: { number: 443, protocol: https } } } }
gateway: { hosts: { hello.example.com: hello }, http: 80 }
networkPolicy: true
observability:
  prometheus: { namespace: monitoring }
  smoke: { client: curl, schedule: '@hourly', postSync: true, requests: { home: { to: hello } } }
egress: { mode: registry-only, hosts: ['other/*', './*', '*/example.org'] }
authz: { default: deny, allow: { all: { from: [curl, batch, { requestPrincipals: ['*'] }], to: hello } } }
";

#[test]
fn kubernetes_own_types_keep_every_key_of_the_built_in_scenarios() {
    for profile in PROFILES.iter().filter(|it| builtin::is_scenario(it.name)) {
        manifests(profile.text).iter().map(yaml::print).for_each(|it| assert_lossless(&it));
    }
}

#[test]
fn kubernetes_own_types_keep_every_key_of_the_base_layer() {
    let documents = manifests(EVERYTHING);
    assert!(documents.len() > 10);
    documents.iter().map(yaml::print).for_each(|it| assert_lossless(&it));
}
