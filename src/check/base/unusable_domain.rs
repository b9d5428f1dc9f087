//! The domains of the mesh are domains.

use crate::check::names::{SUBDOMAIN, judge};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2107",
    name: "unusable-domain",
    severity: Severity::Error,
    equivalents: &["VAL-FQDN"],
    why: "The cluster domain ends every host name and the trust domain begins every identity. One wrong sign, and no \
          route or rule fits anything.",
    bad: "
mesh:
  clusterDomain: .cluster.local #~
  trustDomain: spiffe://example.org #~
",
    good: "
mesh:
  clusterDomain: cluster.example
  trustDomain: example.org
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    judge(&SUBDOMAIN, &profile.mesh.cluster_domain, "the domain of a cluster", findings);
    let trust = &profile.mesh.trust_domain;
    if let Some(bare) = trust.strip_prefix("spiffe://") {
        let bare = bare.trim_end_matches('/').to_owned();
        let mut finding = findings.at(trust.span, format!("`{trust}` is an identity, not a trust domain"));
        finding = finding.help(format!("write `{bare}`"));
        finding.fix = Some(bare);
        return findings.push(finding);
    }
    // SPIFFE takes `_` as well.
    if SUBDOMAIN.flaw(&trust.replace("_", "-")).is_some() {
        judge(&SUBDOMAIN, trust, "a trust domain", findings);
    }
}
