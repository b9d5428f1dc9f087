//! Containers run as a user of their own.

use crate::check::walk::{Seen, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2117",
    name: "reserved-user",
    severity: Severity::Error,
    equivalents: &["IST0144"],
    why: "1337 is the user of the proxy, whose traffic is not redirected: such a container bypasses the mesh. 0 is root, \
          which our pods refuse to run as, like every namespace of the restricted standard.",
    bad: "
services:
  hello:
    versions: { v1: { securityContext: { runAsUser: 1337 } } } #~
clients:
  test: { securityContext: { runAsUser: 0 } } #~
",
    good: "
services:
  hello:
    versions: { v1: { securityContext: { runAsUser: 65532 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for it in workloads(profile).filter(|it| seen.first(&it.version.security_context)) {
        let user = &it.version.security_context.run_as_user;
        let whose = match user.value {
            0 => "root",
            1337 => "the proxy",
            _ => continue,
        };
        let finding = findings.at(user.span, format!("{it} runs as user {user}, which is {whose}"));
        findings.push(finding.help("any other number will do, as 10001"));
    }
}
