//! Limits of a namespace name resources that Kubernetes counts, and do not set aside more than may be used.

use crate::check::names::shown;
use crate::diag::Severity;
use crate::profile::{NamespaceLimits, Profile};
use crate::rule::{Findings, Rule};

/// What a ResourceQuota may count, beside `count/…` and extended resources.
const COUNTED: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "requests.storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "services",
    "services.loadbalancers",
    "services.nodeports",
    "configmaps",
    "secrets",
    "persistentvolumeclaims",
    "replicationcontrollers",
    "resourcequotas",
];

/// What a container may ask for, beside extended resources.
const OF_CONTAINERS: &[&str] = &["cpu", "memory", "ephemeral-storage"];

pub static RULE: Rule<Profile> = Rule {
    code: "MG2142",
    name: "unusable-limits",
    severity: Severity::Error,
    equivalents: &[],
    why: "The API server refuses a quota for a resource that it does not know, and a LimitRange that sets aside more \
          than may be used.",
    bad: "
namespaceLimits:
  quota:
    request.cpu: 10 #~
  defaultRequests:
    cpu: 500m #~
  defaultLimits:
    cpu: 200m
",
    good: "
namespaceLimits:
  quota: { requests.cpu: 10, count/jobs.batch: 20 }
  defaultRequests: { cpu: 100m }
  defaultLimits: { cpu: 200m }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(limits) = &profile.namespace_limits else { return };
    let NamespaceLimits { quota, default_requests, default_limits } = limits;
    let judge = |known: &[&'static str],
                 names: &mut dyn Iterator<Item = &crate::source::Text>,
                 findings: &mut Findings<'_>| {
        for name in names.filter(|it| !known.contains(&it.as_str()) && !it.contains('/')) {
            let finding = findings.at(name.span, format!("Kubernetes counts no `{}`", shown(name)));
            findings.push(finding.suggest(name, known.iter().copied()));
        }
    };
    judge(COUNTED, &mut quota.iter().map(|it| it.0), findings);
    judge(OF_CONTAINERS, &mut default_requests.iter().chain(default_limits.iter()).map(|it| it.0), findings);
    for (name, request) in default_requests.iter() {
        let Some(limit) = default_limits.get(name).filter(|it| it.milli() < request.milli()) else {
            continue;
        };
        let message = format!("containers would ask for {request} of `{name}`, and may use {limit}");
        let finding = findings.at(request.span, message).related(limit.span, "against this");
        findings.push(finding.help("lower the request, or raise the limit"));
    }
}
