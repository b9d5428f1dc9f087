//! The mesh is of a release that takes what we emit.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2121",
    name: "unsupported-release",
    severity: Severity::Error,
    equivalents: &[],
    why: "Bundles are made for Istio 1.20 and later; older releases lack fields and API versions that we write, and drop \
          them without a word.",
    bad: "
mesh: { istio: '1.9' } #~
",
    good: "
mesh: { istio: '1.24.1' }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let istio = &profile.mesh.istio;
    let (major, minor) = (istio.major, istio.minor);
    if major == 1 && minor >= 20 {
        return;
    }
    let finding =
        findings.at(istio.span, format!("Istio {major}.{minor} is none of the releases that we know"));
    let quoted = "write the oldest release that must take the bundle, in quotes: `istio: \"1.30\"`";
    findings.push(finding.help(if major == 1 && minor < 10 { quoted } else { "known are 1.20 and later" }));
}
