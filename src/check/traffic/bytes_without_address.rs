//! An external service that speaks bytes is known by its address.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::outside::{ExternalProtocol, Resolution};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2034",
    name: "bytes-without-address",
    severity: Severity::Warning,
    equivalents: &["IST0134", "VAL-SE-05"],
    why: "Bytes carry no host name. Where the mesh gives external services no address of its own making, a proxy can \
          tell a TCP service by its port alone, and takes every call to that port for this service's.",
    bad: "
external:
  db: { hosts: db.example.com, ports: { db: { number: 5432, protocol: tcp } } } #~
",
    good: "
external:
  db: { hosts: db.example.com, addresses: 240.240.0.1, ports: { db: { number: 5432, protocol: tcp } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, external) in profile.external.iter() {
        let known = !external.addresses.is_empty() || external.resolution.value == Resolution::Static;
        let bytes = external.ports.values().find(|it| it.protocol.value == ExternalProtocol::Tcp);
        let Some(port) = bytes.filter(|_| !known) else { continue };
        let message = format!("only the port {} tells `{name}` from other external services", port.number);
        let finding = findings.at(port.protocol.span, message);
        findings.push(
            finding.help(
                "write `addresses:` with what its host name resolves to, or `protocol: tls` if it is TLS",
            ),
        );
    }
}
