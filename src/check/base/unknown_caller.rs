//! Whoever names a caller names one that the profile knows.

use crate::check::walk::{authz, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::Who;
use crate::profile::security::Source;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2131",
    name: "unknown-caller",
    severity: Severity::Error,
    equivalents: &["KIA0106"],
    why: "A rule for a caller without identity lets nobody in. A `match` tells callers apart by their labels, which only \
          workloads of the bundle have.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { caller: monitoring } } #~
clients: { test-client: {} }
callers: { monitoring: { namespace: monitoring, serviceAccount: prometheus } }
authz:
  allow:
    reads: { from: test-cleint, to: hello } #~
expect:
  a: { from: tester, to: hello, get: /, status: 200 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { caller: test-client } }
clients: { test-client: {} }
callers: { monitoring: { namespace: monitoring, serviceAccount: prometheus } }
authz:
  allow:
    reads: { from: [test-client, monitoring, ingress, demo/hello], to: hello }
expect:
  a: { from: [test-client, outside-the-mesh], to: hello, get: /, status: 200 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for caller in routes(profile).flat_map(|it| it.route.r#match.iter().flat_map(|it| it.caller.iter())) {
        match profile.who(caller) {
            Some(Who::Client(_) | Who::Service(_)) => {}
            Some(Who::Caller(_) | Who::Ingress) => {
                let message = format!("a match cannot tell `{caller}` from others: it is not of this bundle");
                findings.push(findings.at(caller.span, message).help("use an `authz` rule, or a header"));
            }
            None => unknown(profile, caller, &[], findings),
        }
    }
    for source in authz(profile).flat_map(|it| it.rule.from.iter()) {
        match source {
            Source::Who(name) if profile.who(name).is_none() => unknown(profile, name, &[], findings),
            Source::Who(_) | Source::Facts(_) => {}
        }
    }
    for from in profile.expect.values().flat_map(|it| it.from.iter()) {
        if from.value != OUTSIDE && profile.who(from).is_none() {
            unknown(profile, from, &[OUTSIDE], findings);
        }
    }
}

const OUTSIDE: &str = "outside-the-mesh";

fn unknown(profile: &Profile, name: &Text, more: &[&str], findings: &mut Findings<'_>) {
    let finding = findings.at(name.span, format!("nobody is called `{name}`"));
    let finding = finding.suggest(name, profile.who_names().chain(more.iter().copied()));
    let outside = name.value == OUTSIDE && finding.fix.is_none();
    findings.push(if outside {
        finding.help("who has no proxy has no identity that a rule could name")
    } else {
        finding
    });
}
