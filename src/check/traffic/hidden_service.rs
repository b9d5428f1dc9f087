//! Whoever calls a service by declaration sees it.

use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::Source;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Text};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2039",
    name: "hidden-service",
    severity: Severity::Error,
    equivalents: &["MG-05"],
    why: "`exportTo` decides whose proxies know a service, its routes and its subsets. A caller elsewhere sends its \
          requests past all of them, or is answered 404 by the gateway.",
    bad: "
services:
  hello:
    ports: { http: { number: 80 } }
    versions: { v1: {} }
    exportTo: .
clients: { test: { namespace: other } }
gateway:
  http: 80
  hosts:
    hello.example.com: hello #~
authz:
  allow:
    reads:
      from: test #~
      to: hello
",
    good: "
services:
  hello:
    ports: { http: { number: 80 } }
    versions: { v1: {} }
    exportTo: [., other, istio-system]
clients: { test: { namespace: other } }
gateway:
  http: 80
  hosts:
    hello.example.com: hello
authz:
  allow:
    reads:
      from: test
      to: hello
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for exposed in profile.gateway.iter().flat_map(|it| it.hosts.values()) {
        let from = &profile.mesh.gateway.namespace;
        judge(profile.service(&exposed.service), from, exposed.service.span, "the gateway", findings);
    }
    for it in authz(profile) {
        let callers = it.rule.from.iter().filter_map(|it| match it {
            Source::Who(name) => Some((name, profile.who(name)?)),
            Source::Facts(_) => None,
        });
        for (name, who) in callers {
            let (from, _) = who.identity(profile);
            for to in it.rule.to.iter() {
                judge(profile.service(to), from, name.span, &format!("`{name}`"), findings);
            }
        }
    }
}

fn judge(service: Option<ServiceRef<'_>>, from: &Text, at: Span, who: &str, findings: &mut Findings<'_>) {
    let Some(service) = service else { return };
    let seen_by = &service.service.export_to;
    let own = service.namespace().value == from.value;
    let sees = |it: &Text| *it.value == *"*" || it.value == from.value || own && *it.value == *".";
    let Some(first) = seen_by.first().filter(|_| !seen_by.iter().any(sees)) else { return };
    let message = format!("{who} is in `{from}`, which does not see `{}`", service.id);
    let finding = findings.at(at, message).related(first.span, "only these namespaces see it");
    findings.push(finding.help(format!("add `{from}` to `exportTo`")));
}
