//! Argo CD is told in which order objects go.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::delivery::Tool;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2502",
    name: "unordered-delivery",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Without sync waves Argo CD applies everything at once, in an order of kinds that knows no mesh: pods before \
          the policies that protect them, a rule that denies everything before those that allow.",
    bad: "
delivery:
  tool: argo-cd #~
",
    good: "
delivery:
  tool: argo-cd
  syncWaves: true
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let delivery = &profile.delivery;
    let Some(tool) = delivery.tool.filter(|it| it.value == Tool::ArgoCd && !delivery.sync_waves.value) else {
        return;
    };
    let finding = findings.at(tool.span, "the objects carry no sync waves, and Argo CD applies them");
    findings.push(finding.help("write `syncWaves: true` beside `tool`"));
}
