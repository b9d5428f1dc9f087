//! Who asks for tokens checks tokens.

use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::Source;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2212",
    name: "token-without-issuer",
    severity: Severity::Warning,
    equivalents: &["IST0149"],
    why: "A request has a principal and claims only after its token was checked. Where the profile names no issuer, \
          nobody ever has them, unless somebody else's RequestAuthentication applies.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    users: { from: [{ requestPrincipals: '*' }], to: hello } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
jwt: { users: { issuer: 'https://example.com' } }
authz:
  allow:
    users: { from: [{ requestPrincipals: '*' }], to: hello }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if !profile.jwt.is_empty() {
        return;
    }
    for it in authz(profile) {
        let Some(asked) = asked(it) else { continue };
        let finding = findings.at(asked.span, format!("{it} asks for a token, and the profile checks none"));
        findings.push(finding.help("name the issuer: `jwt: { users: { issuer: https://… } }`"));
    }
}

fn asked(it: AuthzRef<'_>) -> Option<&Text> {
    let token = it.rule.from.iter().find_map(|it| match it {
        Source::Who(_) => None,
        Source::Facts(facts) => facts.request_principals.first(),
    });
    token.or_else(|| it.rule.when.iter().map(|(key, _)| key).find(|key| key.starts_with("request.auth.")))
}
