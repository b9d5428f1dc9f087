//! No two things get one name in one namespace.

use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2110",
    name: "name-taken-twice",
    severity: Severity::Error,
    equivalents: &["MG-40"],
    why: "Of two objects with one kind, namespace and name only the one applied last exists. And since a Service finds \
          its pods by the label `app`, a client of the same name would be asked too.",
    bad: "
services:
  hello: { versions: { v1: {} } }
  again: { name: hello, versions: { v1: {} } } #~
  shop: { versions: { eu-1: {} } }
  shop-eu: { versions: { 1: {} } } #~
clients:
  hello-client: { name: hello } #~
  shop-eu-1: {} #~
authz:
  allow: { reads: { to: shop, methods: GET } }
  deny:
    reads: { to: shop, methods: PUT } #~
    reads.shop: { to: shop, methods: POST } #~
    allow-ingress.shop: { to: shop, methods: PATCH } #~
gateway: { http: 80, hosts: { shop.example.com: shop } }
jwt:
  users: { issuer: 'https://example.com' }
  users.shop: { issuer: 'https://example.org' } #~
",
    good: "
services:
  hello: { versions: { v1: {} } }
  again: { name: hello, namespace: other, versions: { v1: {} } }
  shop: { versions: { eu-1: {} } }
clients:
  shop-eu: {}
authz:
  allow: { reads: { to: shop, methods: GET } }
  deny: { writes: { to: shop, methods: PUT } }
",
    run,
};

/// Namespace and name, what they belong to, and the service if it is one.
type Entry<'p> = (&'p str, &'p str, &'p Text, Option<ServiceRef<'p>>);

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let services = profile
        .service_refs()
        .map(|it| -> Entry<'_> { (it.namespace().as_str(), it.name().as_str(), it.name(), Some(it)) });
    let clients = profile
        .client_refs()
        .map(|it| -> Entry<'_> { (it.namespace().as_str(), it.name().as_str(), it.name(), None) });
    let mut all: Vec<Entry<'_>> = services.chain(clients).collect();
    // Stable: of two with one name the first written stays first, and services before clients.
    all.sort_by_key(|(namespace, name, ..)| (*namespace, *name));
    for pair in all.windows(2) {
        let ((namespace, name, first, _), (_, _, second, _)) = (pair[0], pair[1]);
        if (namespace, name) == (pair[1].0, pair[1].1) {
            let message = format!("`{name}` is the name of two things in the namespace `{namespace}`");
            let finding = findings.at(second.span, message).related(first.span, "taken here");
            findings.push(finding.help("give one of them another `name` or `namespace`"));
        }
    }
    for entry in &all {
        deployments(entry, &all, findings);
    }
    rules(profile, findings);
}

/// `shop` with the version `eu-1` and `shop-eu` with the version `1` are one Deployment, and so is a client `shop-eu-1`.
fn deployments(entry: &Entry<'_>, all: &[Entry<'_>], findings: &mut Findings<'_>) {
    let (namespace, name, text, service) = entry;
    let find = |it: &str| {
        let known = all.binary_search_by_key(&(*namespace, it), |(namespace, name, ..)| (*namespace, *name));
        // What an engine releases has a workload of the service's name, whatever the version: `name-of-the-engine`.
        known.ok().and_then(|place| all[place].3).filter(|it| it.engine().is_none())
    };
    let mut tell = |other: ServiceRef<'_>, version: &str, whole: &str, at: &Text| {
        let Some((key, _)) = other.service.versions.find(version) else { return };
        let message = format!("`{whole}` would be two Deployments in the namespace `{namespace}`");
        let finding =
            findings.at(at.span, message).related(key.span, format!("version `{version}` of `{}`", other.id));
        findings.push(finding.help("give one of them another name"));
    };
    match service {
        None => {
            for (at, _) in name.match_indices('-') {
                if let Some(other) = find(&name[..at]) {
                    tell(other, &name[at + 1..], name, text);
                }
            }
        }
        Some(shorter) if shorter.engine().is_some() => {}
        Some(shorter) => {
            for (version, _) in shorter.service.versions.iter().filter(|(it, _)| it.contains('-')) {
                for (at, _) in version.match_indices('-') {
                    let longer = find(&format!("{name}-{}", &version[..at]));
                    let Some(longer) = longer else { continue };
                    if let Some((key, _)) = longer.service.versions.find(&version[at + 1..]) {
                        tell(*shorter, version, &format!("{name}-{version}"), key);
                    }
                }
            }
        }
    }
}

/// A policy has the name of its rule, whatever it does.
fn rules(profile: &Profile, findings: &mut Findings<'_>) {
    for AuthzRef { deny, name, .. } in authz(profile) {
        if let Some((first, _)) = profile.authz.allow.find(name).filter(|_| deny) {
            let finding = findings.at(name.span, format!("`{name}` is an allow rule and a deny rule"));
            findings.push(finding.related(first.span, "taken here").help("give one of them another name"));
        }
        if name.value == "allow-nothing" {
            let finding =
                findings.at(name.span, "`allow-nothing` is the name of the policy behind `default: deny`");
            findings.push(finding.help("give the rule another name"));
        }
        let known = |it: &str| profile.authz.allow.find(it).or_else(|| profile.authz.deny.find(it));
        let ingress = name.starts_with("allow-ingress.") && profile.gateway.is_some();
        dotted(name, |it| known(it).map(|(first, _)| first), ingress, findings);
    }
    for (name, _) in profile.jwt.iter() {
        dotted(name, |it| profile.jwt.find(it).map(|(first, _)| first), false, findings);
    }
}

/// A rule `a` for several services is an object `a.SERVICE` for each, and `allow-ingress.SERVICE` lets the gateway in.
fn dotted<'p>(
    name: &Text,
    known: impl Fn(&str) -> Option<&'p Text>,
    ingress: bool,
    findings: &mut Findings<'_>,
) {
    let Some((start, _)) = name.rsplit_once('.') else { return };
    let first = known(start);
    if first.is_none() && !ingress {
        return;
    }
    let finding = match first {
        Some(first) => {
            let message = format!("`{name}` is what `{start}` would be called for one of several services");
            findings.at(name.span, message).related(first.span, format!("`{start}`"))
        }
        None => findings.at(name.span, format!("`{name}` is the name of a policy that lets the gateway in")),
    };
    findings.push(finding.help("write a name without a dot"));
}
