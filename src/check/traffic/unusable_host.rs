//! Host names are ones that Istio takes where they stand.

use core::net::IpAddr;
use std::collections::BTreeMap;

use crate::check::names::{LABEL, host_flaw, shown};
use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2031",
    name: "unusable-host",
    severity: Severity::Error,
    equivalents: &["VAL-GW-03", "VAL-SE-01", "VAL-SC-03", "VAL-WILD", "VAL-PARTIAL"],
    why: "Istio refuses a host of a gateway or Sidecar without a dot, a `*` anywhere but in front, and a ServiceEntry for \
          every host there is.",
    bad: "
services: { hello: { versions: { v1: {} } } }
gateway:
  http: 80
  hosts:
    hello: hello #~
    '*-a.example.com': hello #~
external:
  api: { hosts: ['api.example.com:443'], ports: { tls: { number: 443, protocol: tls } } } #~
egress:
  mode: registry-only
  hosts: [shared] #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
gateway:
  http: 80
  hosts:
    hello.example.com: hello
    '*.example.org': hello
external:
  api: { hosts: api.example.com, ports: { tls: { number: 443, protocol: tls } } }
egress:
  mode: registry-only
  hosts: [shared/*, './*', '*/db.example.com']
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if let Some(gateway) = &profile.gateway {
        let mut folded: BTreeMap<String, &Text> = BTreeMap::new();
        for (host, _) in gateway.hosts.iter() {
            if host.parse::<IpAddr>().is_err() {
                judge(host, true, "a host of the gateway", findings);
            }
            if host.ends_with(profile.mesh.cluster_domain.as_str()) && host.contains(".svc.") {
                let finding =
                    findings.at(host.span, format!("`{host}` is a name inside of the mesh already"));
                findings.push(finding.help("name the host that clients outside ask for"));
            }
            if let Some(first) = folded.insert(host.as_str().to_ascii_lowercase(), host) {
                let finding = findings.at(host.span, format!("`{host}` is the same host as `{first}`"));
                findings.push(finding.related(first.span, "the other").help("keep one of them"));
            }
        }
    }
    let ruled = authz(profile).flat_map(|it| it.rule.hosts.iter().chain(it.rule.not_hosts.iter()));
    for host in ruled.filter(|it| it.is_empty()) {
        findings.push(findings.at(host.span, "a host of a rule is empty").help("`*` is any host"));
    }
    for host in profile.external.values().flat_map(|it| it.hosts.iter()) {
        judge(host, false, "a host outside the mesh", findings);
    }
    for host in profile.egress.iter().flat_map(|it| it.hosts.iter()) {
        seen(host, findings);
    }
}

fn judge(host: &Text, all: bool, role: &str, findings: &mut Findings<'_>) {
    let short = || (!host.contains('.') && host.value != "*").then(|| "has no dot".to_owned());
    let everything = || (host.value == "*" && !all).then(|| "is every host there is".to_owned());
    // A word without a dot may be one outside the mesh (`db`), but Istio would never tell it from a Service.
    if let Some(flaw) = everything().or_else(|| host_flaw(host, true)).or_else(short) {
        let finding = findings.at(host.span, format!("`{}` cannot be {role}: it {flaw}", shown(host)));
        findings.push(finding.help("a host is written as `hello.example.com` or `*.example.com`"));
    }
}

/// A host that a Sidecar shows: `namespace/host`.
fn seen(host: &Text, findings: &mut Findings<'_>) {
    let Some((namespace, name)) = host.split_once('/') else {
        let finding =
            findings.at(host.span, format!("`{}` does not say which namespace it is in", shown(host)));
        let finding = finding.help(format!("write `*/{0}`, `./{0}` or `NAMESPACE/{0}`", shown(host)));
        return findings.push(finding);
    };
    let bare = namespace.strip_prefix('~').unwrap_or(namespace);
    let fine = matches!(bare, "*" | "." | "~") || namespace == "~" || LABEL.flaw(bare).is_none();
    let short = !name.contains('.') && name != "*";
    let flaw = (!fine).then(|| format!("`{}` is no namespace", shown(namespace)));
    let flaw = flaw.or_else(|| host_flaw(name, true).map(|it| format!("its host {it}")));
    if let Some(flaw) = flaw.or_else(|| short.then(|| "its host has no dot".to_owned())) {
        let finding = findings.at(host.span, format!("`{}` cannot be a host to see: {flaw}", shown(host)));
        findings.push(finding.help("write `namespace/host` with the whole host name, as `shared/*`"));
    }
}
