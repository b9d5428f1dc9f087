//! The ports of a service are told apart by number, and the container's by what they speak.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::service::{Service, ServicePort};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2111",
    name: "port-taken-twice",
    severity: Severity::Error,
    equivalents: &["MG-30", "IST0137"],
    why: "The API server refuses a Service with one port number twice. Two ports with one target and different protocols \
          make the proxy guess what it hears. The proxy itself listens on some ports from 15000 \
          to 15090.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    ports:
      http: { number: 80, target: 8080 }
      admin: { number: 80, target: 8081 } #~
      raw: { number: 90, target: 8080, protocol: tcp } #~
      stats: { number: 91, target: 15090 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    ports:
      http: { number: 80, target: 8080 }
      alt: { number: 8080 }
      admin: { number: 81, target: 8081, protocol: tcp }
",
    run,
};

/// Where a proxy listens.
const PROXY: [u16; 9] = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        for (place, (name, port)) in service.ports.iter().enumerate() {
            earlier(id, service, place, (name, port), findings);
            let target = port.target();
            if PROXY.contains(&target.value.0) {
                let message = format!("port `{name}` of `{id}` listens on {target}, where the proxy does");
                findings.push(
                    findings.at(target.span, message).help("give it a `target` that is not the proxy's"),
                );
            }
        }
    }
}

/// Compares with the ports written before: a service has few.
fn earlier(
    id: &Text,
    service: &Service,
    place: usize,
    it: (&Text, &ServicePort),
    findings: &mut Findings<'_>,
) {
    let (name, port) = it;
    for (first, other) in service.ports.iter().take(place) {
        if other.number == port.number {
            let message = format!("ports `{first}` and `{name}` of `{id}` are both {}", port.number);
            let finding = findings.at(port.number.span, message).related(other.number.span, "taken here");
            return findings.push(finding.help("give one of them another `number`"));
        }
        if other.target() == port.target() && other.protocol != port.protocol {
            let (was, is) = (other.protocol.value.word(), port.protocol.value.word());
            let message =
                format!("port {} of `{id}` speaks {was} as `{first}` and {is} as `{name}`", port.target());
            let span = if port.protocol.span > name.span { port.protocol.span } else { name.span };
            let finding = findings.at(span, message).related(first.span, "the other");
            return findings.push(finding.help("give both the same `protocol`, or another `target`"));
        }
    }
}
