//! A split, a mirror or an expectation names versions that the service has.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::lookup::ServiceRef;
use crate::profile::{Expectation, Profile};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2002",
    name: "unknown-version",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA1107"],
    why: "A route to a version that does not exist is a route to a subset without pods: its share of the requests gets \
          a 503.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      testers: { match: { path: /t }, split: { v3: 100 } } #~
      default: { split: { v1: 100 }, mirror: v22 } #~
clients: { test: {} }
expect:
  share: { from: test, to: hello, get: /, split: { v1: 50%, v4: 50% } } #~
  lone: { from: test, to: hello, get: /, only: v5 } #~
  copy: { from: test, to: hello, get: /, mirrored: v6 } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 100 }, mirror: v2 } }
clients: { test: {} }
expect:
  share: { from: test, to: hello, get: /, split: { v1: 100% }, mirrored: v2 }
  lone: { from: test, to: demo/hello, get: /, only: v1 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let mirrored = it.route.mirror.as_ref().filter(|mirror| mirror.service.is_none());
        let shares = it.route.split.iter().map(|(version, _)| version);
        for version in shares.chain(mirrored.and_then(|mirror| mirror.version.as_ref())) {
            judge(it.owner, version, findings);
        }
    }
    for expectation in profile.expect.values() {
        expected(profile, expectation, findings);
    }
}

/// A copy may go to another service too, and a host may be answered by a service that we do not know.
fn expected(profile: &Profile, expectation: &Expectation, findings: &mut Findings<'_>) {
    let Some(service) = profile.service(&expectation.to) else { return };
    let outcome = &expectation.outcome;
    for version in outcome.split.iter().map(|(version, _)| version).chain(&outcome.only) {
        judge(service, version, findings);
    }
    if let Some(copy) = outcome.mirrored.as_ref().filter(|it| profile.service(it).is_none()) {
        judge(service, copy, findings);
    }
}

fn judge(service: ServiceRef<'_>, version: &Text, findings: &mut Findings<'_>) {
    let known = &service.service.versions;
    if known.get(version).is_some() {
        return;
    }
    let finding = findings.at(version.span, format!("`{}` has no version `{version}`", service.id));
    findings.push(finding.suggest(version, known.names()));
}
