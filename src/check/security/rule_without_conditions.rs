//! A rule that means everything says so by its place, not by saying nothing.

use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{Access, AuthzRule};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2207",
    name: "rule-without-conditions",
    severity: Severity::Error,
    equivalents: &["MG-29"],
    why: "A deny rule that asks for nothing refuses every request to every workload, whatever allows it. An allow rule \
          that asks for nothing makes `default: deny` pointless.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  default: deny
  allow:
    all: {} #~
  deny:
    none: {} #~
",
    good: "
services: { hello: { versions: { v1: {} } }, old: { versions: { v1: {} } } }
authz:
  default: deny
  allow:
    all: { to: hello }
  deny:
    closed: { to: old }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let denies = profile.authz.default.value == Access::Deny;
    for it in authz(profile).filter(|it| says_nothing(*it)) {
        if it.deny {
            let finding = findings.at(it.name.span, format!("{it} refuses every request to everything"));
            findings
                .push(finding.help("say what is refused, or write `default: deny`, which rules can open"));
        } else {
            let mut finding = findings.at(it.name.span, format!("{it} lets everything in"));
            finding.severity = Severity::Warning;
            let instead = if denies { "write `default: allow`" } else { "take it away" };
            findings.push(finding.help(format!("{instead} if that is meant, or say what is let in")));
        }
    }
}

fn says_nothing(it: AuthzRef<'_>) -> bool {
    let AuthzRule {
        from,
        to,
        methods,
        not_methods,
        paths,
        not_paths,
        hosts,
        not_hosts,
        ports,
        when,
        dry_run: _,
    } = it.rule;
    let texts = [to, methods, not_methods, paths, not_paths, hosts, not_hosts];
    from.is_empty() && texts.iter().all(|it| it.is_empty()) && ports.is_empty() && when.is_empty()
}
