//! What runs: services, their versions, the clients, and what lies outside.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::handbook::cell::{amounts, pods, probes};
use crate::handbook::words::{codes, some_codes, table_of};
use crate::lower::Context;
use crate::mesh::Mesh;
use crate::profile::lookup::ServiceRef;
use crate::profile::outside::{EgressMode, ExternalProtocol, Resolution};
use crate::profile::workload::Version;
use crate::profile::{Profile, Service};
use crate::template::code;

/// What runs, as tables and as facts about all of it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by a sentence")]
pub struct Services {
    count: usize,
    version_count: usize,
    client_count: usize,
    namespace_count: usize,
    namespaces: String,
    table: Option<String>,
    workloads: Option<String>,
    clients: Option<String>,
    external: Option<String>,
    /// `registry-only`, `allow-any`, or nothing where the profile leaves it to the mesh.
    egress: Option<&'static str>,
    probed: bool,
    limited: bool,
    lonely: Option<String>,
    scaled: bool,
    quota: bool,
    /// Services that not every namespace knows.
    hidden: Option<String>,
}

impl Services {
    /// The facts of a profile; `mesh` knows what the Deployments are called.
    pub fn of(cx: &Context<'_>, mesh: &Mesh) -> Self {
        let profile = cx.profile;
        let own = namespaces(profile);
        let versions = || versions(profile);
        let clients = || profile.client_refs().map(|it| &it.client.version);
        let every = || versions().map(|(_, _, it)| it).chain(clients());
        let names = Deployments::of(mesh);
        let lonely = versions().filter(|(_, _, it)| it.replicas.value == 1 && it.autoscaling.is_none());
        let lonely: Vec<String> = lonely.map(|(service, version, _)| names.name(service, version)).collect();
        Self {
            count: profile.services.len(),
            version_count: versions().count(),
            client_count: profile.clients.len(),
            namespace_count: own.len(),
            namespaces: some_codes(own.iter().copied(), 12),
            table: services(cx),
            workloads: workloads(profile, &names),
            clients: clients_of(profile),
            external: external(profile),
            egress: profile.egress.as_ref().map(|it| match it.mode.value {
                EgressMode::RegistryOnly => "registry-only",
                EgressMode::AllowAny => "allow-any",
            }),
            probed: every().all(|it| it.probes.readiness.is_some() && it.probes.liveness.is_some()),
            limited: every().all(|it| !it.resources.requests.is_empty() && !it.resources.limits.is_empty()),
            lonely: (!lonely.is_empty()).then(|| some_codes(lonely.iter().map(String::as_str), 5)),
            scaled: every().any(|it| it.autoscaling.is_some()),
            quota: profile.namespace_limits.is_some(),
            hidden: hidden(profile),
        }
    }
}

fn hidden(profile: &Profile) -> Option<String> {
    let hidden = profile.service_refs().filter(|it| !it.service.export_to.is_empty());
    let names = some_codes(hidden.map(|it| it.name().as_str()), 12);
    (!names.is_empty()).then_some(names)
}

/// The names of the Deployments of a mesh: an engine calls that of a lone version after its service.
pub struct Deployments<'m> {
    known: BTreeSet<(&'m str, &'m str)>,
}

impl<'m> Deployments<'m> {
    /// Those of a mesh.
    pub fn of(mesh: &'m Mesh) -> Self {
        let resources = mesh.manifests().iter().map(|it| &it.resource);
        let known = resources.filter(|it| matches!(it.kind(), "Deployment" | "Rollout"));
        let key =
            |it: &'m crate::kube::Resource| (it.namespace().map_or("", |it| it.as_str()), it.name().as_str());
        Self { known: known.map(key).collect() }
    }

    /// What a version of a service is called.
    pub fn name(&self, service: ServiceRef<'_>, version: &str) -> String {
        let long = format!("{}-{version}", service.name());
        let has = |name: &str| self.known.contains(&(service.namespace().as_str(), name));
        if !has(&long) && has(service.name()) { service.name().to_string() } else { long }
    }
}

/// The namespaces of a profile, sorted.
pub fn namespaces(profile: &Profile) -> BTreeSet<&str> {
    let services = profile.service_refs().map(|it| it.namespace().as_str());
    let clients = profile.client_refs().map(|it| it.namespace().as_str());
    std::iter::once(profile.namespace.as_str()).chain(services).chain(clients).collect()
}

/// Every version of every service, in the order written.
pub fn versions(profile: &Profile) -> impl Iterator<Item = (ServiceRef<'_>, &str, &Version)> {
    profile.service_refs().flat_map(|service| {
        service.service.versions.iter().map(move |(name, version)| (service, name.as_str(), version))
    })
}

fn services(cx: &Context<'_>) -> Option<String> {
    let row = |it: ServiceRef<'_>| {
        let versions =
            it.service.versions.iter().map(|(name, make)| format!("{} × {}", code(name), pods(make)));
        vec![
            code(it.name()),
            code(it.namespace()),
            code(&cx.host(it)),
            ports(it.service),
            versions.collect::<Vec<_>>().join(", "),
        ]
    };
    let rows: Vec<_> = cx.profile.service_refs().map(row).collect();
    table_of(&["Service", "Namespace", "Host in the mesh", "Ports", "Versions × pods"], &rows)
}

fn ports(service: &Service) -> String {
    let port = |(name, it): (&crate::source::Text, &crate::profile::service::ServicePort)| {
        let target = if it.target().value == it.number.value {
            String::new()
        } else {
            format!(" → {}", it.target())
        };
        format!("{} {}{target} ({})", code(name), it.number, it.protocol.value.word())
    };
    service.ports.iter().map(port).collect::<Vec<_>>().join(", ")
}

fn workloads(profile: &Profile, names: &Deployments<'_>) -> Option<String> {
    let of_version = |(service, version, it): (ServiceRef<'_>, &str, &Version)| {
        let name = names.name(service, version);
        row(&name, service.namespace(), it)
    };
    let clients = profile.client_refs().map(|it| row(it.name(), it.namespace(), &it.client.version));
    let rows: Vec<_> = versions(profile).map(of_version).chain(clients).collect();
    table_of(&["Workload", "Namespace", "Pods", "Requests", "Limits", "Probes"], &rows)
}

fn row(name: &str, namespace: &str, it: &Version) -> Vec<String> {
    let (requests, limits) = (amounts(&it.resources.requests), amounts(&it.resources.limits));
    vec![code(name), code(namespace), pods(it), requests, limits, probes(it)]
}

fn clients_of(profile: &Profile) -> Option<String> {
    let rows = profile.client_refs().map(|it| {
        let make = &it.client.version;
        vec![code(it.name()), code(it.namespace()), code(&make.image), pods(make)]
    });
    table_of(&["Client", "Namespace", "Image", "Pods"], &rows.collect::<Vec<_>>())
}

fn external(profile: &Profile) -> Option<String> {
    let protocol = |it| match it {
        ExternalProtocol::Http => "http",
        ExternalProtocol::Https => "https",
        ExternalProtocol::Http2 => "http2",
        ExternalProtocol::Grpc => "grpc",
        ExternalProtocol::Tcp => "tcp",
        ExternalProtocol::Tls => "tls",
    };
    let rows = profile.external.iter().map(|(name, it)| {
        let ports = it.ports.values().map(|it| format!("{} ({})", it.number, protocol(it.protocol.value)));
        let found = match it.resolution.value {
            Resolution::Dns => "by DNS",
            Resolution::Static => "fixed addresses",
            Resolution::None => "as the caller found it",
        };
        let hosts = codes(it.hosts.iter().map(|it| it.as_str()));
        vec![code(name), hosts, ports.collect::<Vec<_>>().join(", "), found.to_owned()]
    });
    table_of(&["Outside", "Hosts", "Ports", "Address"], &rows.collect::<Vec<_>>())
}
