//! The names that receivers give are names: of Secrets and their keys, of channels.

use crate::check::names::{DATA_KEY, SUBDOMAIN, judge};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::observability::{Receiver, SecretKey};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2309",
    name: "unusable-receiver",
    severity: Severity::Error,
    equivalents: &[],
    why: "The operator drops an AlertmanagerConfig whole if it names a Secret that cannot be, and Alertmanager takes no \
          channel without a name. `nobody` is the receiver of alerts that no other one asks for.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    on-call: { pagerDuty: { name: Pager Key, key: key } } #~
    team: { slack: { channel: '', secret: { name: chat, key: url } } } #~
    nobody: { webhook: { name: chat, key: url } } #~
    hook: { webhook: { name: chat, key: 'https://example.com/hook' } } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    on-call: { pagerDuty: { name: pager-key, key: key } }
    team: { slack: { channel: '#mesh', secret: { name: chat, key: url } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, receiver) in profile.observability.iter().flat_map(|it| it.receivers.iter()) {
        if name.is_empty() || name.value == "nobody" {
            let finding = findings.at(name.span, format!("`{name}` cannot be the name of a receiver"));
            findings.push(finding.help("call it after who is told, as `team-a`"));
        }
        let Receiver { slack, pager_duty, webhook, severities: _ } = receiver;
        if let Some(slack) = slack {
            if slack.channel.is_empty() {
                let finding = findings.at(slack.channel.span, format!("the channel of `{name}` is empty"));
                findings.push(finding.help("write `'#mesh'`, with quotes"));
            }
            secret(&slack.secret, findings);
        }
        pager_duty.iter().chain(webhook).for_each(|it| secret(it, findings));
    }
}

fn secret(it: &SecretKey, findings: &mut Findings<'_>) {
    judge(&SUBDOMAIN, &it.name, "the name of a Secret", findings);
    judge(&DATA_KEY, &it.key, "a key of a Secret", findings);
}
