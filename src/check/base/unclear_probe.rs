//! A probe asks in one way, and in a rhythm that Kubernetes takes.

use std::fmt::Arguments;

use crate::check::walk::{Owner, Seen, WorkloadRef, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::workload::{Probe, Probes};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2116",
    name: "unclear-probe",
    severity: Severity::Error,
    equivalents: &[],
    why: "The API server refuses a probe that asks in no way or in two, a success threshold other than 1 for `liveness` \
          and `startup`, and silently replaces zeros by its defaults.",
    bad: "
services:
  hello:
    versions:
      v1: { probes: { readiness: { tcpSocket: null, periodSeconds: 5 } } } #~
      v2: { probes: { liveness: { tcpSocket: {}, successThreshold: 2 } } } #~
      v3: { probes: { readiness: { exec: { command: [] } } } } #~
      v4: { probes: { readiness: { tcpSocket: {}, periodSeconds: 0 } } } #~
    routes: { default: { split: { v1: 100 } } }
clients:
  test: { probes: { liveness: { httpGet: { path: / } } } } #~
",
    good: "
services:
  hello:
    versions:
      v1: { probes: { readiness: { httpGet: { path: /ready }, successThreshold: 2 }, liveness: null } }
clients:
  test: { probes: { liveness: { httpGet: { path: /, port: 8080 } } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for it in workloads(profile).filter(|it| seen.first(&it.version.probes)) {
        let Probes { readiness, liveness, startup } = it.version.probes.as_ref();
        for (which, probe) in [("readiness", readiness), ("liveness", liveness), ("startup", startup)] {
            if let Some(probe) = probe {
                judge(&it, which, probe, findings);
            }
        }
    }
}

fn judge(it: &WorkloadRef<'_>, which: &str, probe: &Probe, findings: &mut Findings<'_>) {
    let ways = [
        probe.http_get.as_ref().map(|_| "`httpGet`"),
        probe.tcp_socket.as_ref().map(|_| "`tcpSocket`"),
        probe.exec.as_ref().map(|_| "`exec`"),
        probe.grpc.as_ref().map(|_| "`grpc`"),
    ];
    let ways: Vec<&str> = ways.into_iter().flatten().collect();
    let who = format_args!("the {which} probe of {it}");
    if ways.len() != 1 {
        let says =
            if ways.is_empty() { "in no way".to_owned() } else { format!("by {}", ways.join(" and ")) };
        let finding = findings.at(it.key.span, format!("{who} asks {says}"));
        findings.push(
            finding
                .help("exactly one of `httpGet`, `tcpSocket`, `exec` and `grpc`; `null` takes a probe away"),
        );
    }
    if probe.exec.as_ref().is_some_and(|it| it.command.is_empty()) {
        findings.push(findings.at(it.key.span, format!("{who} has no command to run")));
    }
    if let Some(threshold) = probe.success_threshold.filter(|it| it.value != 1 && which != "readiness") {
        let finding =
            findings.at(threshold.span, format!("{who} asks for {threshold} right answers in a row"));
        findings.push(finding.help("Kubernetes takes only 1 here: leave it out"));
    }
    let counts = [
        (&probe.period_seconds, "periodSeconds"),
        (&probe.timeout_seconds, "timeoutSeconds"),
        (&probe.failure_threshold, "failureThreshold"),
        (&probe.success_threshold, "successThreshold"),
    ];
    for (count, key) in counts {
        if let Some(count) = count.filter(|it| it.value == 0) {
            let finding =
                findings.at(count.span, format!("`{key}` of {who} is 0, which Kubernetes takes for unset"));
            findings.push(finding.help("write at least 1, or leave it out"));
        }
    }
    without_port(it, who, probe, findings);
}

/// A client has no port that could be meant.
fn without_port(it: &WorkloadRef<'_>, who: Arguments<'_>, probe: &Probe, findings: &mut Findings<'_>) {
    let Owner::Client = it.owner else { return };
    let ports = [
        probe.http_get.as_ref().map(|it| &it.port),
        probe.tcp_socket.as_ref().map(|it| &it.port),
        probe.grpc.as_ref().map(|it| &it.port),
    ];
    if ports.into_iter().flatten().any(Option::is_none) {
        let finding =
            findings.at(it.key.span, format!("{who} says no port, and a client has none of its own"));
        findings.push(finding.help("write `port: 8080`"));
    }
}
