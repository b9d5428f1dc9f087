//! Amounts of cpu and memory are such as a machine has.

use crate::check::walk::{Seen, WorkloadRef, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Spanned;
use crate::units::quantity::Quantity;
use crate::yaml::{FromScalar, Scalar};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2115",
    name: "suspicious-quantity",
    severity: Severity::Warning,
    equivalents: &[],
    why: "`memory: 128m` is an eighth of a byte, `memory: 128` are 128 bytes and `cpu: 500` are 500 cores: the API \
          server takes them all, and the pod never starts.",
    bad: "
services:
  hello:
    versions:
      v1: { resources: { requests: { memory: 128m }, limits: { memory: 256Mi } } } #~
      v2: { resources: { requests: { cpu: 500 }, limits: { cpu: 1k } } } #~
    routes: { default: { split: { v1: 100 } } }
",
    good: "
services:
  hello:
    versions: { v1: { resources: { requests: { memory: 128Mi, cpu: 500m }, limits: { memory: 1Gi, cpu: 2 } } } }
",
    run,
};

/// In thousandths of a byte: no program runs in less.
const LEAST_MEMORY: u128 = 1000 << 20;
/// In thousandths of a core: no machine has more.
const MOST_CPU: u128 = 400_000;

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for it in workloads(profile).filter(|it| seen.first(&it.version.resources)) {
        let resources = &it.version.resources;
        for (name, amount) in resources.requests.iter().chain(resources.limits.iter()) {
            judge(&it, name, amount, findings);
        }
    }
    let proxy = &profile.mesh.proxy;
    for text in [&proxy.cpu, &proxy.memory, &proxy.cpu_limit, &proxy.memory_limit].into_iter().flatten() {
        let scalar = Scalar { text: text.value.clone(), plain: true };
        if Quantity::from_scalar(&scalar).is_err() {
            let mut finding =
                findings.at(text.span, format!("`{text}` is no quantity such as `500m` or `128Mi`"));
            finding.severity = Severity::Error;
            findings.push(finding);
        }
    }
}

fn judge(it: &WorkloadRef<'_>, name: &str, amount: &Spanned<Quantity>, findings: &mut Findings<'_>) {
    let (what, help) = match name {
        "memory" if !amount.milli().is_multiple_of(1000) => {
            ("a part of a byte", "`m` is a thousandth: `Mi` was meant")
        }
        "memory" if (1..LEAST_MEMORY).contains(&amount.milli()) => {
            ("less than 1Mi", "a number by itself counts bytes")
        }
        "cpu" if amount.milli() > MOST_CPU => ("more cores than a machine has", "`500m` is half a core"),
        _ => return,
    };
    let finding = findings.at(amount.span, format!("{it} has `{name}: {amount}`, which is {what}"));
    findings.push(finding.help(help));
}
