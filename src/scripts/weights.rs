//! What `canary-step.sh` and `rollback.sh` move: the weights of routes, unless an engine owns them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::kube::Resource;
use crate::kube::traffic::virtual_service::{RouteDestination, VirtualService};
use crate::mesh::Mesh;
use crate::metrics::{Label, Match, query, quoted};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::scripts::ask::host;

/// As the templates see it.
#[derive(Serialize)]
pub struct Weights {
    splits: Vec<Split>,
    owned: Vec<Owned>,
    /// The questions to ask before the next step.
    queries: Vec<Question>,
}

/// A route that parts requests between two versions.
#[derive(Serialize)]
struct Split {
    service: String,
    namespace: String,
    virtual_service: String,
    /// The route's name; `tcp` for connections.
    route: String,
    /// As `/spec/http/1/route`.
    path: String,
    /// The same for kubectl's output, as `.spec.http[1].route`.
    json_path: String,
    /// JSON Patch operations that hold only while the route is the one that we know.
    tests: String,
    stable: String,
    canary: String,
    stable_weight: u32,
    canary_weight: u32,
}

/// A service whose weights belong to an engine.
#[derive(Serialize)]
struct Owned {
    service: String,
    namespace: String,
    engine: &'static str,
}

/// A question for Prometheus.
#[derive(Serialize)]
struct Question {
    title: String,
    query: String,
}

/// Everything that can be moved.
pub fn weights(profile: &Profile, mesh: &Mesh) -> Weights {
    let mut out = Weights { splits: Vec::new(), owned: Vec::new(), queries: Vec::new() };
    let by_host = by_host(mesh);
    for service in profile.service_refs() {
        let engine = match service.engine() {
            Some(Engine::Flagger) => Some("flagger"),
            Some(Engine::ArgoRollouts) => Some("argo-rollouts"),
            Some(Engine::Git) | None => None,
        };
        if let Some(engine) = engine {
            let (service, namespace) = (service.name().to_string(), service.namespace().to_string());
            out.owned.push(Owned { service, namespace, engine });
        } else if service.service.versions.len() > 1 {
            out.queries.extend(questions(service));
            let host = host(service);
            for object in by_host.get(host.as_str()).into_iter().flatten() {
                out.splits.extend(splits(service, object, &host));
            }
        }
    }
    out
}

/// The `VirtualService`s that send requests to a host, in the order of application.
fn by_host(mesh: &Mesh) -> BTreeMap<&str, Vec<&VirtualService>> {
    let mut all: BTreeMap<&str, Vec<&VirtualService>> = BTreeMap::new();
    for manifest in mesh.manifests() {
        let Resource::VirtualService(object) = &manifest.resource else { continue };
        let http = object.spec.http.iter().flat_map(|it| &it.route);
        let routes = http.chain(object.spec.tcp.iter().flat_map(|it| &it.route));
        let hosts: BTreeSet<&str> = routes.map(|it| it.destination.host.as_str()).collect();
        for host in hosts {
            all.entry(host).or_default().push(object);
        }
    }
    all
}

fn splits(service: ServiceRef<'_>, object: &VirtualService, host: &str) -> Vec<Split> {
    let http = object.spec.http.iter().enumerate();
    let http = http.map(|(at, it)| (("http", at), Some(it.name.as_str()), &it.route));
    let tcp = object.spec.tcp.iter().enumerate().map(|(at, it)| (("tcp", at), None, &it.route));
    http.chain(tcp)
        .filter_map(|(place, name, route)| split(service, object, host, place, name, route))
        .collect()
}

fn split(
    service: ServiceRef<'_>,
    object: &VirtualService,
    host: &str,
    (list, at): (&str, usize),
    name: Option<&str>,
    route: &[RouteDestination],
) -> Option<Split> {
    let [stable, canary] = route else { return None };
    let subset = |it: &RouteDestination| it.destination.subset.as_ref().map(ToString::to_string);
    if [stable, canary].iter().any(|it| it.destination.host.as_str() != host) {
        return None;
    }
    let (first, second) = (subset(stable)?, subset(canary)?);
    let path = format!("/spec/{list}/{at}");
    let mut tests = vec![
        (format!("{path}/route/0/destination/subset"), first.as_str()),
        (format!("{path}/route/1/destination/subset"), second.as_str()),
    ];
    tests.extend(name.map(|it| (format!("{path}/name"), it)));
    // PromQL and JSON quote alike.
    let test = |(path, value): &(String, &str)| {
        format!("{{\"op\":\"test\",\"path\":{},\"value\":{}}}", quoted(path), quoted(value))
    };
    let metadata = &object.metadata;
    Some(Split {
        service: service.name().to_string(),
        namespace: metadata.namespace.as_ref()?.to_string(),
        virtual_service: metadata.name.to_string(),
        route: name.unwrap_or("tcp").to_owned(),
        path: format!("{path}/route"),
        json_path: format!(".spec.{list}[{at}].route"),
        tests: tests.iter().map(test).collect::<Vec<_>>().join(","),
        stable_weight: stable.weight.value.0,
        canary_weight: canary.weight.value.0,
        stable: first,
        canary: second,
    })
}

/// What to look at of each version.
fn questions(service: ServiceRef<'_>) -> Vec<Question> {
    if !service.service.ports.values().any(|it| it.protocol.is_http()) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for version in service.service.versions.names() {
        let of = [
            Match::Is(Label::DestinationServiceName, service.name()),
            Match::Is(Label::DestinationServiceNamespace, service.namespace()),
            Match::Is(Label::DestinationVersion, version),
        ];
        let title = |what: &str| format!("{} {version}: {what}", service.name());
        all.push(Question { title: title("requests a second"), query: query::request_rate(&of, "5m") });
        all.push(Question {
            title: title("part of the requests that failed"),
            query: query::error_ratio(&of, "5m"),
        });
        all.push(Question { title: title("p99 in milliseconds"), query: query::latency("0.99", &of, "5m") });
    }
    all
}
