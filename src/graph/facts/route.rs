//! Where requests go: each route of a VirtualService and each subset of a DestinationRule.

use crate::graph::facts::{Labels, Object, items, pairs, text, texts};
use crate::yaml::Node;

/// A destination of a route, and what part of the requests it gets.
pub struct Target<'a> {
    /// Namespace and name of the service, or the host of something else.
    pub host: Named<'a>,
    /// The subset; empty for the whole service.
    pub subset: &'a str,
    /// Of 100 requests.
    pub percent: u64,
}

/// What a host means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named<'a> {
    /// A Service, by namespace and name.
    Service(&'a str, &'a str),
    /// Any other host.
    Other(&'a str),
}

/// Only hosts without a dot are short: `svc.ns` is not the Service.
pub fn resolve<'a>(host: &'a str, namespace: &'a str) -> Named<'a> {
    let mut parts = host.splitn(4, '.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(name), None, _) if name != "*" => Named::Service(namespace, name),
        (Some(name), Some(namespace), Some("svc")) => Named::Service(namespace, name),
        _ => Named::Other(host),
    }
}

/// One route of a VirtualService.
pub struct Route<'a> {
    /// The VirtualService.
    pub object: &'a Object,
    /// Its hosts.
    pub hosts: Vec<Named<'a>>,
    /// Whether proxies beside workloads follow it.
    pub in_mesh: bool,
    /// The Gateways that follow it, by namespace and name.
    pub gateways: Vec<(&'a str, &'a str)>,
    /// The name of the route; empty if it has none.
    pub name: &'a str,
    /// Which requests it is for; empty for all.
    pub condition: String,
    /// Where they go.
    pub targets: Vec<Target<'a>>,
    /// Where copies go.
    pub mirrors: Vec<Target<'a>>,
}

/// The routes of a VirtualService, in its order.
pub fn routes(object: &Object) -> Vec<Route<'_>> {
    let bound = texts(&object.node, &["spec", "gateways"]);
    let hosts = texts(&object.node, &["spec", "hosts"]);
    let of_protocol = |protocol: &'static str| items(&object.node, &["spec", protocol]).iter();
    let all = of_protocol("http").chain(of_protocol("tls")).chain(of_protocol("tcp"));
    all.map(|route| Route {
        object,
        hosts: hosts.iter().map(|it| resolve(it, &object.namespace)).collect(),
        in_mesh: bound.is_empty() || bound.contains(&"mesh"),
        gateways: gateways(object, &bound).collect(),
        name: text(route, &["name"]),
        condition: condition(items(route, &["match"])),
        targets: targets(object, items(route, &["route"])),
        mirrors: mirrors(object, route),
    })
    .collect()
}

/// The route that Flagger makes for the Gateways of a Canary; `name` is what it calls the Service.
pub fn of_canary<'a>(object: &'a Object, name: &'a str) -> Option<Route<'a>> {
    let bound = texts(&object.node, &["spec", "service", "gateways"]);
    let gateways: Vec<_> = gateways(object, &bound).collect();
    let hosts = texts(&object.node, &["spec", "service", "hosts"]);
    let host = Named::Service(&object.namespace, name);
    (!gateways.is_empty()).then(|| Route {
        object,
        hosts: hosts.iter().map(|it| resolve(it, &object.namespace)).collect(),
        in_mesh: false,
        gateways,
        name: "",
        condition: String::new(),
        targets: vec![Target { host, subset: "", percent: 100 }],
        mirrors: Vec::new(),
    })
}

/// Gateways by namespace and name; without a namespace they stand beside what names them.
fn gateways<'a, 'b>(object: &'a Object, bound: &'b [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> + 'b
where
    'a: 'b,
{
    let others = bound.iter().filter(|it| **it != "mesh");
    others.map(|it| it.split_once('/').unwrap_or((&object.namespace, it)))
}

fn targets<'a>(object: &'a Object, route: &'a [Node]) -> Vec<Target<'a>> {
    let weight = |it: &Node| -> u64 { text(it, &["weight"]).parse().unwrap_or_default() };
    let total = route.iter().map(weight).fold(0, u64::saturating_add);
    let part = |it: &Node| match (total, route.len()) {
        (0, 1) => 100,
        (0, _) => 0,
        _ => (weight(it).saturating_mul(100).saturating_add(total / 2)) / total,
    };
    route.iter().map(|it| target(object, it.get("destination"), part(it))).collect()
}

fn target<'a>(object: &'a Object, destination: Option<&'a Node>, percent: u64) -> Target<'a> {
    let word = |key: &str| destination.map_or("", |it| text(it, &[key]));
    Target { host: resolve(word("host"), &object.namespace), subset: word("subset"), percent }
}

fn mirrors<'a>(object: &'a Object, route: &'a Node) -> Vec<Target<'a>> {
    let percent = |node: &Node, path: &[&str]| {
        let written = text(node, path);
        written.split('.').next().and_then(|it| it.parse().ok()).unwrap_or(100)
    };
    let several = items(route, &["mirrors"]).iter();
    let several =
        several.map(|it| target(object, it.get("destination"), percent(it, &["percentage", "value"])));
    let one = route
        .get("mirror")
        .map(|it| target(object, Some(it), percent(route, &["mirrorPercentage", "value"])));
    several.chain(one).collect()
}

/// What a request must be like, in few words; alternatives are parted by `or`.
fn condition(matches: &[Node]) -> String {
    let one = |it: &Node| {
        let mut words: Vec<String> = Vec::new();
        for entry in it.entries() {
            let (key, value) = (entry.key.as_str(), &entry.value);
            match key {
                "headers" | "withoutHeaders" | "queryParams" => {
                    words.extend(value.entries().iter().map(|it| {
                        let not = if key == "withoutHeaders" { "not " } else { "" };
                        format!("{not}{}: {}", it.key.as_str(), pattern(&it.value))
                            .trim_end_matches(": ")
                            .to_owned()
                    }));
                }
                "uri" | "method" | "authority" => words.push(pattern(value)),
                "sniHosts" => words.push(texts(it, &["sniHosts"]).join(", ")),
                "sourceNamespace" => words.push(format!("from {}", text(it, &["sourceNamespace"]))),
                "sourceLabels" => {
                    let labels = pairs(it, &["sourceLabels"]);
                    words.extend(labels.iter().map(|it| format!("from {}={}", it.0, it.1)));
                }
                // A port parts the protocols of one service, not its requests.
                _ => {}
            }
        }
        words.join(" ")
    };
    let mut all: Vec<String> = matches.iter().map(one).collect();
    // An alternative that asks for nothing takes every request.
    if all.iter().any(String::is_empty) {
        return String::new();
    }
    all.dedup();
    all.join(" or ")
}

fn pattern(node: &Node) -> String {
    match node.entries().first() {
        Some(it) if it.key.as_str() == "prefix" => {
            format!("{}*", it.value.text().map_or("", |it| it.as_str()))
        }
        Some(it) if it.key.as_str() == "regex" => {
            format!("~ {}", it.value.text().map_or("", |it| it.as_str()))
        }
        Some(it) => it.value.text().map_or("", |it| it.as_str()).to_owned(),
        None => node.text().map_or("", |it| it.as_str()).to_owned(),
    }
}

/// A subset of a DestinationRule.
pub struct Subset<'a> {
    /// What it is a part of.
    pub host: Named<'a>,
    /// Its name.
    pub name: &'a str,
    /// The labels of its pods.
    pub labels: Labels<'a>,
}

/// The subsets of a DestinationRule.
pub fn subsets(object: &Object) -> Vec<Subset<'_>> {
    let host = resolve(text(&object.node, &["spec", "host"]), &object.namespace);
    let all = items(&object.node, &["spec", "subsets"]).iter();
    all.map(|it| Subset { host, name: text(it, &["name"]), labels: pairs(it, &["labels"]) }).collect()
}
