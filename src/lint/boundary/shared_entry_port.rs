//! A port of a host is declared by one ServiceEntry.

use crate::diag::Severity;
use crate::lint::boundary::shared_ports::{Declared, shared_ports};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3403",
    name: "shared-entry-port",
    severity: Severity::Warning,
    equivalents: &["KIA1211"],
    why: "Of two entries of the same host and port, proxies merge the endpoints or take the older one, by resolution: a change of one may do nothing.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: a, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 443, name: web, protocol: TLS }], resolution: DNS } #~
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: b, namespace: shop }
spec: { hosts: [pay.example.com], ports: [{ number: 443, name: web, protocol: TLS }], resolution: DNS } #~
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
        // Those that disagree are another mistake.
        let protocols: BTreeSet<String> = rivals.iter().map(Declared::protocol).collect();
        if protocols.len() > 1 {
            continue;
        }
        for one in &rivals {
            let Some(other) = rivals.iter().find(|it| it.entry.id != one.entry.id) else { continue };
            if told.insert(one.entry.id) {
                let message = format!(
                    "the ServiceEntry `{}` declares this port of `{}`, too",
                    other.entry.name, one.host
                );
                let finding = findings.on(one.entry, one.port.spot("number"), message);
                let finding = finding.related(other.port.spot("number"), "the other");
                findings.push(finding.help("make one ServiceEntry of them"));
            }
        }
    }
}
