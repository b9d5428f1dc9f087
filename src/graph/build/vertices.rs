//! What stands in the picture: a vertex for each workload, Service, Gateway and host.

use crate::graph::build::Builder;
use crate::graph::facts::host::Host;
use crate::graph::facts::workload::{Service, Workload};
use crate::graph::facts::{Object, items, text, texts};
use crate::graph::model::{Role, Vertex};

impl Builder<'_> {
    /// Takes in everything that the manifests hold.
    pub fn vertices(&mut self) {
        let facts = self.facts;
        let mut is_version = vec![false; facts.workloads.len()];
        for place in facts.services.iter().flat_map(|it| &it.workloads) {
            is_version[*place] = true;
        }
        for (workload, is_version) in facts.workloads.iter().zip(is_version) {
            let place = self.vertex(of_workload(workload, is_version));
            self.workloads_at.entry(place).or_default().push(self.of_workload.len());
            self.of_workload.push(place);
        }
        for service in &facts.services {
            let place = self.vertex(of_service(service));
            self.of_service.push(place);
        }
        for host in &facts.hosts {
            let place = self.vertex(of_host(host));
            self.of_host.push(place);
        }
        for gateway in &facts.gateways {
            self.vertex(of_gateway(gateway));
        }
    }
}

/// A vertex without details.
pub fn vertex(role: Role, word: &str, kind: &str, namespace: &str, name: &str) -> Vertex {
    let id = [word, namespace, name].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("/");
    Vertex {
        id,
        role,
        kind: kind.to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        details: Vec::new(),
    }
}

fn of_workload(workload: &Workload<'_>, is_version: bool) -> Vertex {
    let role = if is_version { Role::Version } else { Role::Client };
    let mut made = vertex(role, "workload", workload.kind, workload.namespace, &workload.name);
    if workload.kind != "Deployment" {
        // Two workloads of one name may be of different kinds.
        made.id = format!("workload/{}/{}/{}", workload.namespace, workload.kind, workload.name);
    }
    let image = workload.image.rsplit('/').next().unwrap_or_default();
    // A digest says nothing to a reader.
    let image = image.split('@').next().unwrap_or_default();
    let pods = match workload.replicas {
        "" => String::new(),
        "1" => "1 pod".to_owned(),
        many => format!("{many} pods"),
    };
    made.details.extend([image.to_owned(), pods].into_iter().filter(|it| !it.is_empty()));
    if !workload.has_proxy {
        made.details.push("no proxy".to_owned());
    }
    made
}

fn of_service(service: &Service<'_>) -> Vertex {
    let mut made = vertex(Role::Service, "service", "Service", service.namespace, service.name);
    let ports = service.ports.iter().map(|it| format!("{} {}", it.0, it.1).trim().to_owned());
    made.details.extend(ports.filter(|it| !it.is_empty()));
    made
}

fn of_host(host: &Host<'_>) -> Vertex {
    let (space, name) = (&host.object.namespace, &host.object.name);
    let mut made = vertex(Role::External, "external", "ServiceEntry", space, name);
    made.details.extend(host.names.iter().map(|it| (*it).to_owned()));
    if !host.ports.is_empty() {
        made.details.push(host.ports.join(", "));
    }
    made
}

fn of_gateway(gateway: &Object) -> Vertex {
    let mut made = vertex(Role::Gateway, "gateway", "Gateway", &gateway.namespace, &gateway.name);
    let servers = items(&gateway.node, &["spec", "servers"]);
    let mut hosts: Vec<&str> = servers.iter().flat_map(|it| texts(it, &["hosts"])).collect();
    hosts.sort_unstable();
    hosts.dedup();
    made.details.extend(hosts.iter().map(|it| it.split_once('/').map_or(*it, |it| it.1).to_owned()));
    let mut modes: Vec<&str> = servers.iter().map(|it| text(it, &["tls", "mode"])).collect();
    modes.retain(|it| !it.is_empty());
    modes.sort_unstable();
    modes.dedup();
    if !modes.is_empty() {
        made.details.push(format!("TLS {}", modes.join(", ").to_lowercase()));
    }
    made
}
