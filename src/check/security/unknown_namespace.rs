//! Modes are given to namespaces that the profile has.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2208",
    name: "unknown-namespace",
    severity: Severity::Error,
    equivalents: &["KIA0101"],
    why: "A mode for a namespace in which the profile has nothing is either a slip of the pen or somebody else's \
          business.",
    bad: "
services: { hello: { namespace: shop, versions: { v1: {} } } }
mtls:
  namespaces: { shp: permissive } #~
",
    good: "
services: { hello: { namespace: shop, versions: { v1: {} } } }
mtls:
  namespaces: { shop: permissive, demo: strict }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if profile.mtls.namespaces.is_empty() {
        return;
    }
    let services = profile.service_refs().map(|it| it.namespace().as_str());
    let clients = profile.client_refs().map(|it| it.namespace().as_str());
    let known: BTreeSet<&str> = services.chain(clients).chain([profile.namespace.as_str()]).collect();
    for (namespace, _) in profile.mtls.namespaces.iter().filter(|(it, _)| !known.contains(it.as_str())) {
        let finding =
            findings.at(namespace.span, format!("the profile has nothing in a namespace `{namespace}`"));
        findings.push(finding.suggest(namespace, known.iter().copied()));
    }
}
