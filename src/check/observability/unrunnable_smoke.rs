//! Smoke requests need somebody who makes them, something to ask, and a time that cron understands.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::smoke::Smoke;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2340",
    name: "unrunnable-smoke",
    severity: Severity::Error,
    equivalents: &[],
    why: "A CronJob that asks for nothing is always green, and one whose client, service or time does not exist never \
          runs: both look like health.",
    bad: "
services: { store: { ports: { http: null, redis: { number: 6379, protocol: tcp } }, versions: { v1: {} } } }
clients: { curl: {} }
observability:
  smoke:
    client: crul #~
    schedule: every five minutes #~
    prober: http://blackbox:9115 #~
    requests:
      store: { to: store } #~
",
    good: "
services: { hello: { ports: { http: { number: 80 } }, versions: { v1: {} } } }
clients: { curl: {} }
gateway: { hosts: { hello.example.com: hello }, http: 80 }
observability:
  smoke:
    client: curl
    schedule: '*/5 * * * *'
    prober: blackbox.monitoring:9115
    requests:
      home: { to: hello }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(smoke) = profile.observability.as_ref().and_then(|it| it.smoke.as_ref()) else { return };
    let Smoke { client, schedule, post_sync, prober, requests } = smoke;
    known_client(profile, client, findings);
    let runs = schedule.is_some() || post_sync.value;
    if runs && requests.is_empty() {
        let finding = findings.at(client.span, "smoke requests are to be made, and there is none");
        findings.push(finding.help("write `requests: { home: { to: SERVICE } }`"));
    }
    if !runs && prober.is_none() {
        let finding = findings.at(client.span, "nobody makes these smoke requests");
        findings.push(finding.help("write a `schedule`, `postSync: true` or a `prober`"));
    }
    if let Some(schedule) = schedule {
        cron(schedule, findings);
    }
    if let Some(prober) = prober {
        exporter(profile, prober, findings);
    }
    for (name, request) in requests.iter() {
        speaks_http(profile, &request.to, &format!("the smoke request `{name}`"), findings);
    }
    native_sidecar(profile, client, findings);
}

/// Whoever calls must be a client of the profile.
pub fn known_client(profile: &Profile, client: &Text, findings: &mut Findings<'_>) {
    if profile.client(client).is_none() {
        let finding = findings.at(client.span, format!("there is no client `{client}`"));
        findings.push(finding.suggest(client, profile.clients.names()));
    }
}

/// Only HTTP can be asked so; that a service exists is for another rule.
pub fn speaks_http(profile: &Profile, to: &Text, what: &str, findings: &mut Findings<'_>) {
    let Some(service) = profile.service(to) else { return };
    if !service.service.ports.values().any(|it| it.protocol.is_http()) {
        let finding = findings.at(to.span, format!("{what} is HTTP, and `{to}` has no such port"));
        findings.push(finding.related(service.id.span, "its ports are here").help("ask another service"));
    }
}

/// A Job ends beside its proxy only where that is a native sidecar, which the annotation asks for since Istio 1.24.
pub fn native_sidecar(profile: &Profile, client: &Text, findings: &mut Findings<'_>) {
    let oldest = &profile.mesh.istio;
    if (oldest.major, oldest.minor) < (1, 24) {
        let message = format!("Istio {}.{} lets no Job end: its proxy goes on", oldest.major, oldest.minor);
        let finding = findings.at(client.span, message).related(oldest.span, "the oldest release to serve");
        findings.push(finding.help("Jobs need Istio 1.24, whose proxies can be native sidecars"));
    }
}

fn cron(schedule: &Text, findings: &mut Findings<'_>) {
    let fits = |it: char| it.is_ascii_alphanumeric() || "*/,-?".contains(it);
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let named = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];
    let is_line = fields.len() == 5 && fields.iter().all(|it| it.chars().all(fits));
    if !is_line && !named.contains(&schedule.as_str()) {
        let finding = findings.at(schedule.span, format!("`{schedule}` is no line of cron"));
        findings.push(finding.help("five fields: minute, hour, day, month, weekday, as `*/5 * * * *`"));
    }
}

fn exporter(profile: &Profile, prober: &Text, findings: &mut Findings<'_>) {
    if prober.is_empty() || prober.contains("//") || prober.contains(char::is_whitespace) {
        let finding = findings.at(prober.span, format!("`{prober}` is no host and port"));
        findings.push(finding.help("write it without a scheme, as `blackbox-exporter.monitoring:9115`"));
    } else if !profile.gateway.iter().flat_map(|it| it.hosts.names()).any(|it| !it.contains('*')) {
        let finding = findings.at(prober.span, "a probe asks the hosts of the gateway, and there is none");
        findings.push(finding.help("give the profile a `gateway` with a host, or leave `prober` out"));
    }
}
