//! The addresses of an external service can be found in the way that it says.

use core::net::IpAddr;

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::outside::{External, ExternalProtocol, Resolution};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2032",
    name: "unresolvable-external",
    severity: Severity::Error,
    equivalents: &["VAL-SE-01", "VAL-SE-02", "VAL-SE-04"],
    why: "Istio refuses a ServiceEntry whose way of finding addresses does not fit: `static` without endpoints or with \
          names in place of addresses, `none` with endpoints, DNS for a host with a `*`, several hosts behind one TCP \
          port.",
    bad: "
external:
  a: { hosts: a.example.com, resolution: static, ports: { tls: { number: 443, protocol: tls } } } #~
  b: { hosts: b.example.com, resolution: none, endpoints: 10.0.0.1, ports: { tls: { number: 443, protocol: tls } } } #~
  c: { hosts: '*.example.com', ports: { tls: { number: 443, protocol: tls } } } #~
  d: { hosts: d.example.com } #~
",
    good: "
external:
  a: { hosts: a.example.com, resolution: static, endpoints: [10.0.0.1], ports: { tls: { number: 443, protocol: tls } } }
  b: { hosts: b.example.com, resolution: none, ports: { tls: { number: 443, protocol: tls } } }
  c: { hosts: '*.example.com', resolution: none, ports: { tls: { number: 443, protocol: tls } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, external) in profile.external.iter() {
        let External { hosts, ports, resolution, endpoints, addresses } = external;
        for address in addresses.iter().filter(|it| !is_address(it)) {
            let finding =
                findings.at(address.span, format!("`{address}` is no IP address, nor a CIDR block"));
            findings.push(finding.help("callers connect to an address, as `240.0.0.1`"));
        }
        if hosts.is_empty() {
            let finding = findings.at(name.span, format!("`{name}` has no hosts"));
            findings.push(finding.help("write `hosts: api.example.com`"));
        }
        if ports.is_empty() {
            let finding = findings.at(name.span, format!("`{name}` has no ports"));
            findings.push(finding.help("write `ports: { tls: { number: 443, protocol: tls } }`"));
        }
        match resolution.value {
            Resolution::Static => fixed(name, external, findings),
            Resolution::Dns => by_name(name, external, findings),
            Resolution::None => {
                if let Some(endpoint) = endpoints.first() {
                    let message = format!("`{name}` has endpoints that `resolution: none` does not use");
                    findings.push(
                        findings
                            .at(endpoint.span, message)
                            .help("take them away, or say `resolution: static`"),
                    );
                }
            }
        }
        let bytes = ports.iter().find(|(_, it)| it.protocol.value == ExternalProtocol::Tcp);
        if let Some((port, _)) = bytes.filter(|_| hosts.len() > 1 && resolution.value != Resolution::None) {
            let message = format!("`{name}` has {} hosts behind the TCP port `{port}`", hosts.len());
            findings.push(
                findings.at(port.span, message).help("bytes have no host name: write one entry a host"),
            );
        }
        twice(name, external, findings);
    }
}

/// An IP address, or a block such as `10.0.0.0/8`.
fn is_address(text: &str) -> bool {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    bits.is_none_or(|it| it.parse::<u8>().is_ok_and(|it| it <= most))
}

fn fixed(name: &Text, external: &External, findings: &mut Findings<'_>) {
    if external.endpoints.is_empty() {
        let finding = findings.at(name.span, format!("`{name}` has fixed addresses, and names none"));
        findings.push(finding.help("write `endpoints: [10.0.0.1]`, or `resolution: dns`"));
    }
    for endpoint in external.endpoints.iter().filter(|it| it.parse::<IpAddr>().is_err()) {
        let finding = findings.at(endpoint.span, format!("`{endpoint}` is no IP address"));
        findings.push(finding.help("`resolution: dns` takes names"));
    }
}

fn by_name(name: &Text, external: &External, findings: &mut Findings<'_>) {
    if let Some(host) = external.hosts.iter().find(|it| it.contains('*') && external.endpoints.is_empty()) {
        let finding =
            findings.at(host.span, format!("`{host}` of `{name}` is no host that DNS could be asked for"));
        findings.push(finding.help("write `resolution: none`, or the endpoints behind it"));
    }
    for endpoint in external.endpoints.iter().filter(|it| it.is_empty() || it.contains(['/', ':', ' ', '*']))
    {
        if endpoint.parse::<IpAddr>().is_err() {
            findings.push(
                findings.at(endpoint.span, format!("`{endpoint}` is neither an address nor a host name")),
            );
        }
    }
}

/// Ports are told apart by number too.
fn twice(name: &Text, external: &External, findings: &mut Findings<'_>) {
    let mut ports: Vec<_> = external.ports.iter().collect();
    ports.sort_by_key(|(_, it)| (it.number.value, it.number.span));
    for pair in ports.windows(2).filter(|it| it[0].1.number == it[1].1.number) {
        let (first, second) = (pair[0].1.number, pair[1].1.number);
        let finding = findings.at(second.span, format!("`{name}` has the port {second} twice"));
        findings.push(finding.related(first.span, "the first").help("keep one of them"));
    }
}
