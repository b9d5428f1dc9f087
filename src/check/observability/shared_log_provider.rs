//! The access log and the log of refusals go to different providers.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::telemetry::Telemetry;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2320",
    name: "shared-log-provider",
    severity: Severity::Error,
    equivalents: &[],
    why: "Istio keeps one filter for a provider: of two logs that go to the same one the later decides, so the log of \
          refusals would be all that is left of the access log. Where a namespace names only the log of refusals, its \
          proxies forget the access log that the mesh has by default.",
    bad: "
telemetry:
  accessLog: { providers: [envoy, collector] }
  auditLog: { providers: collector } #~
",
    good: "
telemetry:
  accessLog: { providers: envoy }
  auditLog: { providers: collector }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(Telemetry { access_log, audit_log: Some(audit), tracing: _ }) = &profile.telemetry else {
        return;
    };
    let Some(first) = audit.providers.first() else {
        let finding =
            findings.at(profile.namespace.span, "refusals go nowhere: `auditLog` names no provider");
        return findings.push(finding.help("write `auditLog: { providers: NAME }`"));
    };
    for empty in audit.providers.iter().filter(|it| it.is_empty()) {
        findings.push(findings.at(empty.span, "a log of refusals has an empty provider"));
    }
    let Some(access) = access_log else {
        let message = "`auditLog` without `accessLog` takes the access log away that the mesh has by default";
        let mut finding = findings.at(first.span, message);
        finding.severity = Severity::Warning;
        return findings.push(finding.help("say where it goes: `accessLog: { providers: envoy }`"));
    };
    // Istio finds providers whatever the case of their names.
    for provider in audit.providers.iter() {
        let Some(same) = access.providers.iter().find(|it| it.eq_ignore_ascii_case(provider)) else {
            continue;
        };
        let message =
            format!("`{provider}` takes the access log, too: Istio keeps only the later filter of both");
        let finding = findings.at(provider.span, message).related(same.span, "the access log");
        findings
            .push(finding.help("give refusals a provider of their own, or widen the filter of `accessLog`"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn refusals_alone_would_silence_the_mesh() {
        let said = messages(&[&RULE], "telemetry: { auditLog: { providers: audit } }");
        assert!(said.len() == 1 && said[0].contains("without `accessLog`"), "{said:?}");
    }
}
