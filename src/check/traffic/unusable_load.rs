//! Load needs somebody who makes it and a service that speaks HTTP.

use crate::check::headers;
use crate::check::jobs::{known_client, native_sidecar, speaks_http};
use crate::check::names::{self, shown};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

/// The longest name of a CronJob, less `load-`: its Jobs append eleven letters to it.
const LONGEST: usize = 52 - 5;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2037",
    name: "unusable-load",
    severity: Severity::Error,
    equivalents: &[],
    why: "Load is started by hand, often with people watching. What is wrong with it should be known before.",
    bad: "
services: { hello: { ports: { http: { number: 80 } }, versions: { v1: {} } } }
clients: { curl: {} }
load:
  burst: { from: crul, to: hello } #~
  none: { from: curl, to: hello, connections: 0 } #~
",
    good: "
services: { hello: { ports: { http: { number: 80 } }, versions: { v1: {} } } }
clients: { curl: {} }
load:
  burst: { from: curl, to: hello, requestsPerSecond: 0 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, load) in profile.load.iter() {
        names::judge(&names::LABEL, name, "a load", findings);
        if name.len() > LONGEST {
            let finding = findings.at(name.span, format!("`{name}` is longer than {LONGEST} letters"));
            findings.push(finding.help("the CronJob `load-NAME` may have 52"));
        }
        known_client(profile, &load.from, findings);
        speaks_http(profile, &load.to, &format!("the load `{name}`"), findings);
        native_sidecar(profile, &load.from, findings);
        if load.connections.value == 0 {
            let finding = findings.at(load.connections.span, "without a connection there is no load");
            findings.push(finding.help("write 1 or more"));
        }
        for (header, value) in load.headers.iter() {
            if let Some(flaw) = headers::name_flaw(header) {
                findings.push(findings.at(header.span, format!("the header `{}` {flaw}", shown(header))));
            }
            if value.contains(char::is_control) {
                let message = format!("the value of the header `{}` has a control character", shown(header));
                findings.push(findings.at(value.span, message));
            }
        }
    }
}
