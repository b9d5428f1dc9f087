//! Nobody asks for more than it may use.

use crate::check::walk::{Seen, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2114",
    name: "request-over-limit",
    severity: Severity::Error,
    equivalents: &[],
    why: "The API server refuses a container that asks for more of something than its limit.",
    bad: "
services:
  hello:
    versions: { v1: { resources: { requests: { memory: 1Gi }, limits: { memory: 512Mi } } } } #~
",
    good: "
services:
  hello:
    versions: { v1: { resources: { requests: { memory: 512Mi }, limits: { memory: 0.5Gi } } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for it in workloads(profile).filter(|it| seen.first(&it.version.resources)) {
        for (name, request) in it.version.resources.requests.iter() {
            let limit = it.version.resources.limits.get(name);
            let Some(limit) = limit.filter(|limit| request.milli() > limit.milli()) else { continue };
            let message = format!("{it} asks for {request} of `{name}`, and may use {limit}");
            // Whichever of the two was written last is the one to look at.
            let (span, other) = (request.span.max(limit.span), request.span.min(limit.span));
            let finding = findings.at(span, message).related(other, "against this");
            findings.push(finding.help("lower the request, or raise the limit"));
        }
    }
}
