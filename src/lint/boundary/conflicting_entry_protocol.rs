//! ServiceEntries of one host agree on the protocol of a port.
//!
//! Source: `ConflictingServiceEntryProtocolAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::lint::boundary::shared_ports::{Declared, shared_ports};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3402",
    name: "conflicting-entry-protocol",
    severity: Severity::Warning,
    equivalents: &["IST0177", "KIA1212"],
    why: "Proxies make one listener of the port and take the protocol of whichever entry is older: callers of the other speak to a deaf ear.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: a, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 443, name: web, protocol: TLS }], resolution: DNS } #~
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: b, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 443, name: web, protocol: HTTP }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: a, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 443, name: web, protocol: TLS }], resolution: DNS }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: b, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 80, name: web, protocol: HTTP }], resolution: DNS }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for rivals in shared_ports(cluster) {
        let protocols: BTreeSet<String> = rivals.iter().map(Declared::protocol).collect();
        if protocols.len() < 2 {
            continue;
        }
        let words = protocols.iter().map(|it| if it.is_empty() { "none" } else { it });
        let words = words.collect::<Vec<_>>().join(", ");
        for one in rivals.iter().filter(|it| told.insert(it.entry.id)) {
            let other = rivals.iter().find(|it| it.protocol() != one.protocol());
            let message = format!("`{}` has several protocols at one port: {words}", one.host);
            let mut finding = findings.on(one.entry, one.port.spot("protocol"), message);
            if let Some(other) = other {
                finding = finding.related(other.port.spot("protocol"), "another");
            }
            findings.push(finding.help("write the same protocol in all of them"));
        }
    }
}
