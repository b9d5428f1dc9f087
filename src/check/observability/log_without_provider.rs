//! Logs and traces go somewhere.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::telemetry::{AccessLog, Telemetry, Tracing};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2301",
    name: "log-without-provider",
    severity: Severity::Error,
    equivalents: &["IST0157", "MG-36", "VAL-TM-01"],
    why: "Access logs go to the providers that the mesh's configuration names; without one nothing is logged unless the \
          mesh happens to have a default. Istio refuses empty names of providers and tags.",
    bad: "
telemetry:
  accessLog: { filter: 'response.code >= 400' } #~
  tracing: { provider: '', tags: { team: '' } } #~
",
    good: "
telemetry:
  accessLog: { providers: envoy, filter: 'response.code >= 400' }
  tracing: { provider: otel, samplingPercent: 10, tags: { team: a } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(Telemetry { access_log, audit_log: _, tracing }) = &profile.telemetry else { return };
    if let Some(AccessLog { providers, filter }) = access_log {
        if providers.is_empty() {
            let span = filter.as_ref().map_or(profile.namespace.span, |it| it.span);
            let finding = findings.at(span, "access logs go nowhere: `accessLog` names no provider");
            findings.push(finding.help("write `providers: envoy` for the standard output of the proxies"));
        }
        for text in providers.iter().chain(filter).filter(|it| it.is_empty()) {
            findings.push(findings.at(text.span, "an access log has an empty provider or filter"));
        }
    }
    let Some(Tracing { provider, sampling_percent: _, tags, header_tags }) = tracing else { return };
    if let Some(provider) = provider.as_ref().filter(|it| it.is_empty()) {
        let finding = findings.at(provider.span, "the provider of traces is empty");
        findings.push(finding.help("leave it out for the mesh's default"));
    }
    for (tag, value) in tags.iter().chain(header_tags.iter()) {
        if tag.is_empty() || value.is_empty() {
            let finding = findings.at(value.span, format!("the tag `{tag}` of traces is empty"));
            findings.push(finding.help("give it a name and a value"));
        }
    }
    for (tag, _) in tags.iter() {
        if let Some((other, _)) = header_tags.find(tag) {
            let finding =
                findings.at(other.span, format!("the tag `{tag}` is fixed, and read from a header"));
            findings.push(finding.related(tag.span, "fixed here").help("keep one of them"));
        }
    }
}
