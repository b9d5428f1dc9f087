//! A host outside the mesh is declared once, and is no host of the mesh itself.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Str, Text};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2036",
    name: "host-taken-twice",
    severity: Severity::Error,
    equivalents: &[],
    why: "Of two ways to one port of a host, proxies follow one, and which is not ours to say. A host that the gateway \
          answers is answered inside the mesh as well, and the name of a Service always means the Service.",
    bad: "
services: { hello: { versions: { v1: {} } } }
external:
  a: { hosts: api.example.com, ports: { http: { number: 80, protocol: http } } }
  b: { hosts: API.example.com, ports: { http: { number: 80, protocol: http } } } #~
  c: { hosts: hello.example.com, ports: { http: { number: 80, protocol: http } } } #~
  d: { hosts: hello.demo.svc.cluster.local, ports: { http: { number: 80, protocol: http } } } #~
gateway: { http: 80, hosts: { hello.example.com: hello } }
",
    good: "
services: { hello: { versions: { v1: {} } } }
external:
  a: { hosts: api.example.com, ports: { http: { number: 80, protocol: http } } }
  b: { hosts: api.example.com, ports: { tls: { number: 443, protocol: tls } } }
gateway: { http: 80, hosts: { '*.example.com': hello } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if profile.external.is_empty() {
        return;
    }
    let inside = inside(profile);
    let mut outside: BTreeMap<(Str, u16), &Text> = BTreeMap::new();
    for (host, external) in
        profile.external.values().flat_map(|it| it.hosts.iter().map(move |host| (host, it)))
    {
        let folded = host.to_ascii_lowercase();
        if let Some((span, severity)) = inside.get(&folded) {
            let finding = findings.at(host.span, format!("`{host}` is answered inside the mesh"));
            let mut finding = finding.related(*span, "here").help("call the service by its own name");
            finding.severity = *severity;
            findings.push(finding);
            continue;
        }
        for number in external.ports.values().map(|it| it.number.value.0) {
            let first = outside.insert((folded.clone(), number), host);
            let Some(first) = first.filter(|it| it.span != host.span) else { continue };
            let finding = findings.at(host.span, format!("`{host}` has two entries for its port {number}"));
            findings.push(finding.related(first.span, "the first").help("keep one of them"));
        }
    }
}

/// The hosts that services answer. One of the gateway may be called from inside by intention.
fn inside(profile: &Profile) -> BTreeMap<Str, (Span, Severity)> {
    let domain = &profile.mesh.cluster_domain;
    let exposed = profile.gateway.iter().flat_map(|it| it.hosts.iter());
    let exposed = exposed.map(|(host, _)| (host.to_ascii_lowercase(), (host.span, Severity::Warning)));
    let own = profile.service_refs().map(|it| {
        let host = ecow::eco_format!("{}.{}.svc.{domain}", it.name(), it.namespace());
        (host, (it.id.span, Severity::Error))
    });
    exposed.chain(own).collect()
}
