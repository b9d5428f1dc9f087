//! A service outside becomes a ServiceEntry.

use crate::kube::traffic::service_entry::{Endpoint, EntryPort, ServiceEntrySpec};
use crate::kube::wave;
use crate::kube::{Manifest, ServiceEntry, made};
use crate::lower::Context;
use crate::lower::base::namespace::names;
use crate::profile::outside::{External, ExternalPort, ExternalProtocol, Resolution};
use crate::source::Text;

/// Only the namespaces of the profile see it: what this profile may call is no business of the rest of the mesh, and
/// two profiles may know one host in two ways.
pub fn service_entry(cx: &Context<'_>, name: &Text, external: &External) -> Manifest {
    let External { hosts, ports, resolution, endpoints, addresses: _ } = external;
    let own = &cx.profile.namespace;
    let others = names(cx.profile).into_iter().filter(|it| it.value != own.value);
    let object = ServiceEntry {
        metadata: cx.metadata(name.clone(), own, cx.common()),
        spec: ServiceEntrySpec {
            hosts: hosts.to_vec(),
            addresses: addresses(external),
            export_to: std::iter::once(made(".")).chain(others.cloned()).collect(),
            ports: ports.iter().map(port).collect(),
            location: "MESH_EXTERNAL",
            resolution: resolution.with(found(resolution.value)),
            endpoints: endpoints.iter().map(|it| Endpoint { address: it.clone() }).collect(),
        },
    };
    cx.networking(wave::BEFORE_PODS, object)
}

/// Bytes carry no host name: without an address, every call to the port would be taken for this service's.
fn addresses(external: &External) -> Vec<Text> {
    let bytes = external.ports.values().any(|it| it.protocol.value == ExternalProtocol::Tcp);
    let fixed = external.resolution.value == Resolution::Static;
    let own = if external.addresses.is_empty() && bytes && fixed {
        &external.endpoints
    } else {
        &external.addresses
    };
    own.to_vec()
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

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    #[test]
    fn only_the_namespaces_of_the_profile_see_it() {
        let one = "external: { pay: { hosts: pay.example.com, ports: { https: { number: 443, protocol: https } } } }";
        let text = object(one, "ServiceEntry", "pay");
        let wanted = "spec:
  hosts:
  - pay.example.com
  exportTo:
  - \".\"
  ports:
  - number: 443
    name: https
    protocol: HTTPS
  location: MESH_EXTERNAL
  resolution: DNS
";
        assert!(text.ends_with(wanted), "{text}");
        let two = format!("{one}\nclients: {{ c: {{ namespace: other }} }}");
        assert!(object(&two, "ServiceEntry", "pay").contains("  exportTo:\n  - \".\"\n  - other\n"));
    }

    #[test]
    fn bytes_are_told_apart_by_address() {
        let text = "external: { db: { hosts: db.example.com, resolution: static, endpoints: 10.0.0.1, \
                    ports: { db: { number: 5432, protocol: tcp } } } }";
        assert!(object(text, "ServiceEntry", "db").contains("  addresses:\n  - \"10.0.0.1\"\n  exportTo"));
        let text = "external: { db: { hosts: db.example.com, addresses: 240.0.0.1, \
                    ports: { db: { number: 5432, protocol: tcp } } } }";
        assert!(object(text, "ServiceEntry", "db").contains("  addresses:\n  - \"240.0.0.1\"\n  exportTo"));
    }

    #[test]
    fn fixed_addresses_stand_behind_it() {
        let text = "external: { db: { hosts: db.example.com, resolution: static, endpoints: 10.0.0.1, \
                    ports: { db: { number: 5432, protocol: tls } } } }";
        let text = object(text, "ServiceEntry", "db");
        assert!(text.ends_with("  resolution: STATIC\n  endpoints:\n  - address: \"10.0.0.1\"\n"), "{text}");
    }
}
