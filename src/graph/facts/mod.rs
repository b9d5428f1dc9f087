//! What a picture needs to know, read from the trees of the manifests: nothing here is checked, whatever lacks is empty.

pub mod access;
pub mod host;
pub mod mtls;
pub mod near;
pub mod route;
pub mod workload;

use std::collections::BTreeMap;

use crate::kube::Resource;
use crate::mesh::Mesh;
use crate::source::Str;
use crate::yaml::{Node, to_node};

use access::Policy;
use host::Host;
use mtls::PeerRule;
use near::Near;
use route::{Named, Route, Subset};
use workload::{Service, Workload};

/// The kinds that say something about traffic. Of all others not even a tree is made.
const KINDS: &[&str] = &[
    "AuthorizationPolicy",
    "Canary",
    "DaemonSet",
    "Deployment",
    "DestinationRule",
    "Gateway",
    "Job",
    "CronJob",
    "Namespace",
    "PeerAuthentication",
    "Pod",
    "Rollout",
    "Service",
    "ServiceEntry",
    "StatefulSet",
    "VirtualService",
];

/// An object of interest.
pub struct Object {
    /// Its kind.
    pub kind: String,
    /// Its namespace; that of kubectl if it says none.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// All of it.
    pub node: Node,
}

impl Object {
    /// The value at a path below `spec`.
    pub fn spec(&self, path: &[&str]) -> Option<&Node> {
        self.node.get("spec")?.at(path)
    }

    /// `Kind namespace/name`.
    pub fn title(&self) -> String {
        format!("{} {}/{}", self.kind, self.namespace, self.name)
    }
}

/// The objects of interest of a mesh.
pub fn objects(mesh: &Mesh) -> Vec<Object> {
    let wanted = mesh.manifests().iter().filter(|it| KINDS.contains(&it.resource.kind()));
    // Gateway API and Knative have kinds of the same names, which say other things.
    let wanted = wanted.filter(|it| {
        let foreign = ["gateway.networking.k8s.io/", "serving.knative.dev/"];
        !foreign.iter().any(|group| it.api_version().starts_with(group))
    });
    wanted
        .map(|it| Object {
            kind: it.resource.kind().to_owned(),
            namespace: it.resource.namespace().map_or("default", |it| it.as_str()).to_owned(),
            name: it.resource.name().to_string(),
            node: match &it.resource {
                Resource::Other(other) => other.node.clone(),
                _ => to_node(it),
            },
        })
        .collect()
}

/// All that is known, sorted by namespace and name where order is no meaning.
pub struct Facts<'a> {
    /// What runs.
    pub workloads: Vec<Workload<'a>>,
    /// What is called.
    pub services: Vec<Service<'a>>,
    /// Hosts outside.
    pub hosts: Vec<Host<'a>>,
    /// The Gateways.
    pub gateways: Vec<&'a Object>,
    /// The routes of every VirtualService.
    pub routes: Vec<Route<'a>>,
    /// The subsets of every DestinationRule, by what they are parts of.
    pub subsets: BTreeMap<Named<'a>, Vec<Subset<'a>>>,
    /// Who may call.
    pub policies: Vec<Policy<'a>>,
    /// The policies by the workloads that they are about.
    pub policies_near: Near<'a>,
    /// What must be encrypted.
    pub peers: Vec<PeerRule<'a>>,
    /// The same by the workloads that it is about.
    pub peers_near: Near<'a>,
}

impl<'a> Facts<'a> {
    /// Reads the objects.
    pub fn read(objects: &'a [Object]) -> Self {
        let mut sorted: Vec<&Object> = objects.iter().collect();
        sorted.sort_by_key(|it| (&it.namespace, &it.name));
        let of = |kinds: &[&str]| -> Vec<&'a Object> {
            sorted.iter().copied().filter(|it| kinds.contains(&it.kind.as_str())).collect()
        };
        let injected: BTreeMap<&str, bool> =
            of(&["Namespace"]).iter().map(|it| (it.name.as_str(), workload::is_injected(it))).collect();
        let mut workloads: Vec<Workload<'a>> =
            of(workload::KINDS).into_iter().filter_map(|it| Workload::read(it, &injected)).collect();
        let mut services: Vec<Service<'a>> = of(&["Service"]).into_iter().map(Service::read).collect();
        let mut routes: Vec<Route<'a>> =
            of(&["VirtualService"]).into_iter().flat_map(route::routes).collect();
        let canaries = of(&["Canary"]);
        for (canary, name) in workload::under_flagger(&canaries, &mut workloads, &mut services) {
            routes.extend(route::of_canary(canary, name));
        }
        workload::select(&mut services, &workloads);
        let mut subsets: BTreeMap<Named<'a>, Vec<Subset<'a>>> = BTreeMap::new();
        for subset in of(&["DestinationRule"]).into_iter().flat_map(route::subsets) {
            subsets.entry(subset.host).or_default().push(subset);
        }
        let policies: Vec<Policy<'a>> =
            of(&["AuthorizationPolicy"]).into_iter().filter_map(Policy::read).collect();
        let peers: Vec<PeerRule<'a>> = of(&["PeerAuthentication"]).into_iter().map(PeerRule::read).collect();
        Self {
            hosts: of(&["ServiceEntry"]).into_iter().map(Host::read).collect(),
            gateways: of(&["Gateway"]),
            routes,
            subsets,
            policies_near: Near::of(policies.iter().map(|it| (it.object.namespace.as_str(), &it.selector))),
            policies,
            peers_near: Near::of(peers.iter().map(|it| (it.namespace, &it.selector))),
            peers,
            workloads,
            services,
        }
    }

    /// The subsets of a host.
    pub fn subsets_of(&self, host: Named<'a>) -> &[Subset<'a>] {
        self.subsets.get(&host).map_or(&[], Vec::as_slice)
    }
}

/// The text at a path, or an empty one.
pub fn text<'a>(node: &'a Node, path: &[&str]) -> &'a str {
    node.at(path).and_then(Node::text).map_or("", |it| it.as_str())
}

/// The texts of the list at a path.
pub fn texts<'a>(node: &'a Node, path: &[&str]) -> Vec<&'a str> {
    node.at(path).map_or(&[][..], Node::items).iter().filter_map(Node::text).map(Str::as_str).collect()
}

/// The items of the list at a path.
pub fn items<'a>(node: &'a Node, path: &[&str]) -> &'a [Node] {
    node.at(path).map_or(&[], Node::items)
}

/// Labels, or anything else that maps texts to texts.
pub type Labels<'a> = Vec<(&'a str, &'a str)>;

/// The mapping of texts at a path.
pub fn pairs<'a>(node: &'a Node, path: &[&str]) -> Labels<'a> {
    let entries = node.at(path).map_or(&[][..], Node::entries);
    entries.iter().filter_map(|it| Some((it.key.as_str(), it.value.text()?.as_str()))).collect()
}

/// Whether labels have all that a selector asks for.
pub fn has_all(labels: &Labels<'_>, selector: &Labels<'_>) -> bool {
    selector.iter().all(|it| labels.contains(it))
}

/// Whether an annotation or label of a mapping says so.
pub fn says(labels: &Labels<'_>, key: &str, value: &str) -> bool {
    labels.contains(&(key, value))
}
