//! What proxies enforce needs proxies.

use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{Access, MtlsMode};
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2210",
    name: "mesh-without-proxies",
    severity: Severity::Error,
    equivalents: &["IST0102"],
    why: "Modes of mutual TLS and access rules are enforced by the proxy of the pod that is called. Without injection \
          they look as if they protected something.",
    bad: "
mesh: { injection: none } #~
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
authz:
  default: deny
  allow: { reads: { from: test, to: hello } }
",
    good: "
mesh: { injection: none }
mtls: null
services: { hello: { versions: { v1: {} } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) else { return };
    let rule = authz(profile).next().map(|it| it.name.span);
    let denies = (profile.authz.default.value == Access::Deny).then_some(profile.authz.default.span);
    if let Some(span) = rule.or(denies) {
        let finding =
            findings.at(injection.span, "access rules are enforced by proxies, and no pod gets one");
        let finding = finding.related(span, "enforced by nobody");
        findings.push(finding.help("inject proxies, or take the rules away and use `networkPolicy: true`"));
    }
    let own = profile.services.values().filter_map(|it| it.mtls.as_ref()?.mode.as_ref());
    let mtls = &profile.mtls;
    let mut modes = mtls.namespace.iter().chain(mtls.namespaces.values()).chain(own);
    if let Some(strict) = modes.find(|it| it.value == MtlsMode::Strict) {
        let mut finding =
            findings.at(injection.span, "mutual TLS is enforced by proxies, and no pod gets one");
        finding.severity = Severity::Warning;
        findings.push(
            finding.related(strict.span, "enforced by nobody").help("inject proxies, or write `mtls: null`"),
        );
    }
}
