//! Smoke requests need somebody who makes them, something to ask, and a time that cron understands.

use crate::check::jobs::{known_client, native_sidecar, speaks_http};
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
