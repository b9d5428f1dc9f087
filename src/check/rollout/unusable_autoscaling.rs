//! An autoscaler has room between its bounds, and something to compare with.

use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2407",
    name: "unusable-autoscaling",
    severity: Severity::Error,
    equivalents: &[],
    why: "The API server refuses an autoscaler whose most is less than its least. One that looks at a part of the CPU time \
          that pods request does nothing where they request none.",
    bad: "
services:
  hello:
    versions:
      v1:
        replicas: 4
        autoscaling: { max: 3, cpu: 70 } #~
  other:
    versions:
      v1:
        resources: { requests: { cpu: null } }
        autoscaling: { max: 5, cpu: 70 } #~
  third:
    versions:
      v1: { autoscaling: { max: 5, cpu: 70.5 } } #~
",
    good: "
services:
  hello: { versions: { v1: { replicas: 3, autoscaling: { max: 3, cpu: 70 } } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in workloads(profile) {
        let Some(autoscaling) = &it.version.autoscaling else { continue };
        let (least, most, cpu) = (it.version.replicas, autoscaling.max, autoscaling.cpu);
        if most.value < least.value {
            let message = format!("{it} has {most} pods at the most and {least} at the least");
            let finding = findings.at(most.span, message).related(least.span, "the least");
            findings.push(finding.help(format!("raise `max` to {least} or more")));
        }
        if least.value == 0 {
            let message = format!("{it} has no pods, and an autoscaler wakes nobody up");
            findings.push(findings.at(least.span, message).help("write `replicas: 1` or more"));
        }
        if cpu.parts() == 0 || !cpu.parts().is_multiple_of(10_000) {
            let message = format!("an autoscaler cannot aim at {cpu} %");
            findings.push(findings.at(cpu.span, message).help("write a whole percent of at least 1"));
        }
        if it.version.resources.requests.find("cpu").is_none() {
            let message = format!("{it} requests no CPU time of which `cpu` could be a part");
            let finding = findings.at(cpu.span, message);
            findings.push(finding.help("say `resources: { requests: { cpu: 100m } }`"));
        }
    }
}
