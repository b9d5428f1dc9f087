//! A service is not stricter than a namespace whose mutual TLS is off.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::MtlsMode;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2209",
    name: "strict-below-disable",
    severity: Severity::Error,
    equivalents: &["MG-19"],
    why: "Callers decide by the mode of the namespace whether they speak mutual TLS. Where that is `disable` they send \
          plaintext, and a service that is `strict` refuses every one of them.",
    bad: "
services: { hello: { mtls: strict, versions: { v1: {} } } } #~
mtls: disable
",
    good: "
services: { hello: { mtls: strict, versions: { v1: {} } } }
mtls: permissive
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for service in profile.service_refs() {
        let Some(own) = &service.service.mtls else { continue };
        let given = profile.mtls_of(service.namespace());
        let Some(outer) = given.filter(|it| it.value == MtlsMode::Disable) else { continue };
        for mode in own.mode.iter().chain(own.ports.values()).filter(|it| it.value == MtlsMode::Strict) {
            let message = format!(
                "`{}` is strict in the namespace `{}`, which is not",
                service.id,
                service.namespace()
            );
            let finding = findings.at(mode.span, message).related(outer.span, "callers send plaintext");
            findings.push(finding.help("make the namespace `permissive`"));
        }
    }
}
