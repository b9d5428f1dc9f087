//! What runs and what is called: workloads, Services, and which of them belong together.

use std::collections::BTreeMap;

use crate::graph::facts::{Labels, Object, has_all, items, pairs, says, text};
use crate::yaml::Node;

/// The kinds that run pods.
pub const KINDS: &[&str] = &["Deployment", "StatefulSet", "DaemonSet", "Rollout", "Pod", "Job", "CronJob"];

/// Something that runs pods.
#[derive(Clone)]
pub struct Workload<'a> {
    /// Its kind, as `Deployment`.
    pub kind: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name: what metrics call it.
    pub name: String,
    /// The labels of its pods.
    pub labels: Labels<'a>,
    /// The identity of its pods.
    pub account: &'a str,
    /// Whether its pods have a proxy. Where nothing says that they have none, they are taken to have one.
    pub has_proxy: bool,
    /// The name and number of each port of its containers.
    pub ports: Vec<(&'a str, &'a str)>,
    /// The image of its first container.
    pub image: &'a str,
    /// How many pods it has, if it says so.
    pub replicas: &'a str,
}

impl<'a> Workload<'a> {
    /// Reads a workload; `None` if its pods stand elsewhere.
    pub fn read(object: &'a Object, injected: &BTreeMap<&str, bool>) -> Option<Self> {
        let template = match object.kind.as_str() {
            "Pod" => &object.node,
            "CronJob" => object.spec(&["jobTemplate", "spec", "template"])?,
            _ => object.spec(&["template"])?,
        };
        let labels = pairs(template, &["metadata", "labels"]);
        let annotations = pairs(template, &["metadata", "annotations"]);
        let wish = |value| {
            let key = "sidecar.istio.io/inject";
            says(&labels, key, value) || says(&annotations, key, value)
        };
        let by_namespace = injected.get(object.namespace.as_str()).copied().unwrap_or(true);
        let containers = items(template, &["spec", "containers"]);
        let ports = containers.iter().flat_map(|it| items(it, &["ports"]));
        let account = text(template, &["spec", "serviceAccountName"]);
        Some(Self {
            kind: &object.kind,
            namespace: &object.namespace,
            name: object.name.clone(),
            account: if account.is_empty() { "default" } else { account },
            has_proxy: !wish("false") && (by_namespace || wish("true")),
            ports: ports.map(|it| (text(it, &["name"]), text(it, &["containerPort"]))).collect(),
            image: containers.first().map_or("", |it| text(it, &["image"])),
            replicas: object.spec(&["replicas"]).and_then(Node::text).map_or("", |it| it.as_str()),
            labels,
        })
    }
}

/// Whether a Namespace gives its pods proxies, or their like.
pub fn is_injected(namespace: &Object) -> bool {
    let labels = pairs(&namespace.node, &["metadata", "labels"]);
    let ambient = says(&labels, "istio.io/dataplane-mode", "ambient");
    ambient || says(&labels, "istio-injection", "enabled") || labels.iter().any(|it| it.0 == "istio.io/rev")
}

/// Something that is called by name.
pub struct Service<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Which pods it stands for.
    pub selector: Labels<'a>,
    /// Its ports: name, number, number or name at the pod.
    pub ports: Vec<(&'a str, &'a str, &'a str)>,
    /// The workloads behind it, by place.
    pub workloads: Vec<usize>,
    /// Whether Flagger makes it: of which Canary.
    pub of_canary: Option<String>,
}

impl<'a> Service<'a> {
    /// Reads a Service.
    pub fn read(object: &'a Object) -> Self {
        let ports = object.spec(&["ports"]).map_or(&[][..], Node::items).iter().map(|it| {
            let number = text(it, &["port"]);
            let target = text(it, &["targetPort"]);
            (text(it, &["name"]), number, if target.is_empty() { number } else { target })
        });
        Self {
            namespace: &object.namespace,
            name: &object.name,
            selector: pairs(&object.node, &["spec", "selector"]),
            ports: ports.collect(),
            workloads: Vec::new(),
            of_canary: None,
        }
    }

    /// The one that Flagger makes.
    fn of_canary(canary: &'a Object, name: &'a str, workloads: Vec<usize>) -> Self {
        let word = |key: &str| text(&canary.node, &["spec", "service", key]);
        let (port, at_pod) = (word("port"), word("targetPort"));
        Self {
            namespace: &canary.namespace,
            name,
            selector: Labels::new(),
            ports: vec![(word("portName"), port, if at_pod.is_empty() { port } else { at_pod })],
            workloads,
            of_canary: Some(canary.title()),
        }
    }

    /// The numbers of the ports at a workload's pods.
    pub fn targets<'b>(&'b self, workload: &'b Workload<'a>) -> impl Iterator<Item = &'a str> + 'b {
        let number = |name: &str| workload.ports.iter().find(|it| it.0 == name).map(|it| it.1);
        self.ports.iter().map(move |it| number(it.2).unwrap_or(it.2))
    }
}

/// Flagger makes a Service, and a copy `NAME-primary` of the workload that takes the traffic between releases: each Canary
/// that has a workload, with the name of the Service.
pub fn under_flagger<'a>(
    canaries: &[&'a Object],
    workloads: &mut Vec<Workload<'a>>,
    services: &mut Vec<Service<'a>>,
) -> Vec<(&'a Object, &'a str)> {
    let mut places: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (place, it) in workloads.iter().enumerate() {
        places.entry((it.namespace, it.name.clone())).or_insert(place);
    }
    let mut made: BTreeMap<(&str, &str), Service<'a>> = BTreeMap::new();
    let mut found = Vec::new();
    for canary in canaries {
        let target = text(&canary.node, &["spec", "targetRef", "name"]);
        let Some(place) = places.get(&(canary.namespace.as_str(), target.to_owned())) else { continue };
        let primary =
            Workload { name: format!("{target}-primary"), replicas: "", ..workloads[*place].clone() };
        let called = text(&canary.node, &["spec", "service", "name"]);
        let name = if called.is_empty() { target } else { called };
        let behind = vec![workloads.len(), *place];
        made.insert((&canary.namespace, name), Service::of_canary(canary, name, behind));
        workloads.push(primary);
        found.push((*canary, name));
    }
    services.retain(|it| !made.contains_key(&(it.namespace, it.name)));
    services.extend(made.into_values());
    found
}

/// Finds the workloads behind each Service: by one label first, as a mesh may have thousands of both.
pub fn select(services: &mut [Service<'_>], workloads: &[Workload<'_>]) {
    let mut by_label: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (place, workload) in workloads.iter().enumerate() {
        for (key, value) in &workload.labels {
            by_label.entry((workload.namespace, key, value)).or_default().push(place);
        }
    }
    for service in services {
        let Some((key, value)) = service.selector.first() else { continue };
        let near = by_label.get(&(service.namespace, *key, *value)).into_iter().flatten();
        // A Job ends: it may have the labels of a service, but is none of its versions.
        let fits =
            |it: &usize| workloads[*it].kind != "Job" && has_all(&workloads[*it].labels, &service.selector);
        service.workloads = near.copied().filter(fits).collect();
    }
}
