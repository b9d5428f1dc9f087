//! A receiver is told in exactly one way.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::observability::Receiver;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2304",
    name: "unclear-receiver",
    severity: Severity::Error,
    equivalents: &[],
    why: "An alert that goes to a receiver without a way to be told is lost, silently. Two ways under one name hide that \
          two parties are woken up.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    nobody-listens: { severities: critical } #~
    both: { pagerDuty: { name: pager, key: key }, webhook: { name: chat, key: url } } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    on-call: { pagerDuty: { name: pager, key: key }, severities: critical }
    team: { slack: { channel: '#mesh', secret: { name: chat, key: url } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, receiver) in profile.observability.iter().flat_map(|it| it.receivers.iter()) {
        let ways = ways(receiver);
        match ways.as_slice() {
            [] => {
                let finding = findings.at(name.span, format!("there is no way to tell `{name}` anything"));
                findings.push(finding.help("give it `slack`, `pagerDuty` or `webhook`"));
            }
            [_] => {}
            [(first, span), (second, _), ..] => {
                let message = format!("`{name}` is told by `{first}` and by `{second}`");
                let finding = findings.at(name.span, message).related(*span, "the first way");
                findings.push(finding.help("make two receivers of it"));
            }
        }
    }
}

fn ways(receiver: &Receiver) -> Vec<(&'static str, Span)> {
    let Receiver { slack, pager_duty, webhook, severities: _ } = receiver;
    let slack = slack.iter().map(|it| ("slack", it.channel.span));
    let pager_duty = pager_duty.iter().map(|it| ("pagerDuty", it.name.span));
    slack.chain(pager_duty).chain(webhook.iter().map(|it| ("webhook", it.name.span))).collect()
}
