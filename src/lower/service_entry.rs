//! A service outside becomes a ServiceEntry.

use crate::kube::service_entry::{Endpoint, EntryPort, ServiceEntrySpec};
use crate::kube::{Manifest, ServiceEntry, made};
use crate::lower::Context;
use crate::lower::context::wave;
use crate::lower::namespace::names;
use crate::profile::outside::{External, ExternalPort, ExternalProtocol, Resolution};
use crate::source::Text;

/// Only the namespaces of the profile see it: what this profile may call is no business of the rest of the mesh, and
/// two profiles may know one host in two ways.
pub fn service_entry(cx: &Context<'_>, name: &Text, external: &External) -> Manifest {
    let External { hosts, ports, resolution, endpoints } = external;
    let own = &cx.profile.namespace;
    let others = names(cx.profile).into_iter().filter(|it| it.value != own.value);
    let object = ServiceEntry {
        metadata: cx.metadata(name.clone(), own, cx.common()),
        spec: ServiceEntrySpec {
            hosts: hosts.to_vec(),
            export_to: std::iter::once(made(".")).chain(others.cloned()).collect(),
            ports: ports.iter().map(port).collect(),
            location: "MESH_EXTERNAL",
            resolution: resolution.with(found(resolution.value)),
            endpoints: endpoints.iter().map(|it| Endpoint { address: it.clone() }).collect(),
        },
    };
    cx.networking(wave::BEFORE_PODS, object)
}

fn port((name, port): (&Text, &ExternalPort)) -> EntryPort {
    let ExternalPort { number, protocol } = port;
    EntryPort { number: *number, name: name.clone(), protocol: protocol.with(spoken(protocol.value)) }
}

fn spoken(protocol: ExternalProtocol) -> &'static str {
    match protocol {
        ExternalProtocol::Http => "HTTP",
        ExternalProtocol::Https => "HTTPS",
        ExternalProtocol::Http2 => "HTTP2",
        ExternalProtocol::Grpc => "GRPC",
        ExternalProtocol::Tcp => "TCP",
        ExternalProtocol::Tls => "TLS",
    }
}

fn found(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Dns => "DNS",
        Resolution::Static => "STATIC",
        Resolution::None => "NONE",
    }
}
