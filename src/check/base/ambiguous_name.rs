//! Whoever calls is named by one name, which means one thing.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2133",
    name: "ambiguous-name",
    severity: Severity::Error,
    equivalents: &[],
    why: "A rule names who calls by the key of a client, a service or a caller, or by a word such as `ingress`. Where a \
          key means two of them, a rule lets in another than the one that was meant.",
    bad: "
services:
  shop: { versions: { v1: {} } }
  ingress: { versions: { v1: {} } } #~
clients:
  shop: { namespace: other } #~
  outside-the-mesh: {} #~
callers:
  shop: { namespace: batch, serviceAccount: shop } #~
",
    good: "
services:
  shop: { versions: { v1: {} } }
  way-in: { name: ingress, versions: { v1: {} } }
clients:
  shop-client: { name: shop, namespace: other }
callers:
  nightly: { namespace: batch, serviceAccount: shop }
",
    run,
};

/// What is said of requests from outside.
const WORDS: [&str; 2] = ["ingress", "outside-the-mesh"];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let client = |key: &Text| profile.clients.find(key).map(|(first, _)| ("a client", first));
    let service = |key: &Text| profile.services.find(key).map(|(first, _)| ("a service", first));
    for (key, _) in profile.services.iter() {
        judge(key, None, findings);
    }
    for (key, _) in profile.clients.iter() {
        judge(key, service(key), findings);
    }
    for (key, _) in profile.callers.iter() {
        judge(key, client(key).or_else(|| service(key)), findings);
    }
}

fn judge(key: &Text, other: Option<(&str, &Text)>, findings: &mut Findings<'_>) {
    let finding = if WORDS.contains(&key.as_str()) {
        findings.at(key.span, format!("`{key}` is the word for requests from outside"))
    } else if let Some((what, first)) = other {
        findings.at(key.span, format!("`{key}` is {what}, too")).related(first.span, "taken here")
    } else {
        return;
    };
    findings.push(finding.help("choose another key; `name` may say what it is called in the cluster"));
}
