//! Whoever gets copies of requests is somebody that may be called.

use crate::check::walk::{authz, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::Access;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2214",
    name: "refused-copies",
    severity: Severity::Warning,
    equivalents: &[],
    why: "A copy is a request of its own, sent by the proxy of whoever sent the first. Where everything is refused that no \
          rule lets in, a service that no rule is for never sees one, and nobody is told.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { split: { v1: 100 }, mirror: { service: shadow } } } #~
  shadow: { versions: { v1: {} } }
clients: { test: {} }
authz:
  default: deny
  allow: { reads: { from: test, to: hello } }
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      a: { match: { path: /a }, split: { v1: 100 }, mirror: { service: shadow } }
      default: { split: { v1: 100 }, mirror: v2 }
  shadow: { versions: { v1: {} } }
clients: { test: {} }
authz:
  default: deny
  allow:
    reads: { from: test, to: hello }
    copies: { from: test, to: shadow }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if profile.authz.default.value == Access::Allow || profile.authz.dry_run.value {
        return;
    }
    for it in routes(profile) {
        let Some(name) = it.route.mirror.as_ref().and_then(|it| it.service.as_ref()) else { continue };
        let Some(service) = profile.service(name) else { continue };
        if !is_open(profile, service) {
            let message = format!("copies for `{name}` are refused, as no rule lets anybody call it");
            let help = format!("a copy comes from whoever sent the request: allow them `to: {name}` too");
            findings.push(findings.at(name.span, message).help(help));
        }
    }
}

/// Whether anybody may call a service: by a rule in force, or as the gateway does.
fn is_open(profile: &Profile, service: ServiceRef<'_>) -> bool {
    let is_it = |other: ServiceRef<'_>| other.id == service.id;
    let exposed = profile.gateway.iter().flat_map(|it| it.hosts.values());
    let mut exposed = exposed.filter_map(|it| profile.service(&it.service));
    let mut rules = authz(profile).filter(|it| !it.deny && it.rule.dry_run.is_none_or(|it| !it.value));
    exposed.any(is_it) || rules.any(|it| it.services(profile).any(is_it))
}
