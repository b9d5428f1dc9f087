//! A rule that asks for identities is for services whose callers have one.

use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{AuthzRule, MtlsMode, Source, SourceFacts};
use crate::profile::service::ServicePort;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Spanned};
use crate::units::PortRef;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2206",
    name: "identity-without-mtls",
    severity: Severity::Error,
    equivalents: &["KIA0105", "MG-23"],
    why: "Identities come from mutual TLS. Where it is switched off nobody has one: an allow rule lets nobody in and a \
          deny rule refuses nobody. Where plaintext is taken as well, a caller that leaves its proxy out is not known to \
          a deny rule, and is anybody but the listed to one with `notPrincipals`.",
    bad: "
services:
  hello: { mtls: disable, versions: { v1: {} } }
  api: { mtls: permissive, versions: { v1: {} } }
  half: { mtls: { mode: strict, ports: { http: permissive } }, versions: { v1: {} } }
clients: { test: {} }
authz:
  allow:
    reads: { from: test, to: hello } #~
  deny:
    stranger: { from: test, to: api } #~
    guest: { from: test, to: half } #~
",
    good: "
services:
  hello: { mtls: strict, versions: { v1: {} } }
  api: { mtls: permissive, versions: { v1: {} } }
  guarded: { mtls: { mode: permissive, ports: { http: strict } }, versions: { v1: {} } }
clients: { test: {} }
authz:
  allow:
    reads: { from: test, to: [hello, api] }
  deny:
    stranger: { from: test, to: hello, methods: PUT }
    guest: { from: test, to: guarded, ports: http }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    if profile.service_refs().all(ServiceRef::is_strict) {
        return;
    }
    for it in authz(profile) {
        let Some((span, negative)) = identity(it) else { continue };
        let modes = it.services(profile).map(|service| (weakness_at(it.rule, service), service));
        // The first of the weakest, so that the message does not depend on anything but the profile.
        let Some((weakness, service)) =
            modes.max_by(|a, b| a.0.cmp(&b.0).then(b.1.id.span.cmp(&a.1.id.span)))
        else {
            continue;
        };
        let name = service.id;
        let (message, help) = match weakness {
            2 if it.deny => (format!("{it} refuses nobody at `{name}`, where mutual TLS is off"), OFF),
            2 => (format!("{it} lets nobody in at `{name}`, where mutual TLS is off"), OFF),
            1 if it.deny => {
                (format!("{it} does not refuse callers of `{name}` that come in plaintext"), PLAIN)
            }
            1 if negative => (format!("{it} lets everybody in who calls `{name}` in plaintext"), PLAIN),
            _ => continue,
        };
        let mut finding = findings.at(span, message);
        if weakness == 1 {
            finding.severity = Severity::Warning;
        }
        findings.push(finding.help(help));
    }
}

const OFF: &str = "only mutual TLS tells who calls: use `mtls: strict`, or addresses (`ipBlocks`)";
const PLAIN: &str = "use `mtls: strict` there, or a rule that allows the others";

/// How weak a service is at the ports that a rule is about: 2 where all of them are off, 1 where any takes plaintext.
fn weakness_at(rule: &AuthzRule, service: ServiceRef<'_>) -> u8 {
    // What nobody says is permissive in Istio.
    let said = |mode: Option<Spanned<MtlsMode>>| mode.map_or(MtlsMode::Permissive, |it| it.value);
    let about = |name: &str, port: &ServicePort| {
        rule.ports.is_empty()
            || rule.ports.iter().any(|it| match &it.value {
                PortRef::Name(asked) => asked == name,
                PortRef::Number(asked) => port.number.value.0 == *asked,
            })
    };
    let ports = service.service.ports.iter().filter(|(name, port)| about(name, port));
    let (mut least, mut most) = (2, 0);
    for it in ports.map(|(name, _)| weakness(said(service.port_mtls(name)))) {
        (least, most) = (least.min(it), most.max(it));
    }
    if least > most { weakness(said(service.mtls())) } else { least.max(most.min(1)) }
}

fn weakness(mode: MtlsMode) -> u8 {
    match mode {
        MtlsMode::Strict => 0,
        MtlsMode::Permissive => 1,
        MtlsMode::Disable => 2,
    }
}

/// Where a rule asks for an identity, and whether it asks for any but some.
fn identity(it: AuthzRef<'_>) -> Option<(Span, bool)> {
    let AuthzRule { from, when, .. } = it.rule;
    // One source without identity lets others in, or refuses them, whoever they are.
    let mut all = from.iter().map(|source| match source {
        Source::Who(name) => Some((name.span, false)),
        Source::Facts(facts) => of_facts(facts),
    });
    let sources = all.next().flatten().filter(|_| all.all(|it| it.is_some()));
    let asks = |key: &str| matches!(key, "source.principal" | "source.namespace" | "source.serviceAccount");
    let asked = || when.iter().find(|(key, _)| asks(key));
    sources.or_else(|| asked().map(|(key, condition)| (key.span, condition.values.is_empty())))
}

fn of_facts(facts: &SourceFacts) -> Option<(Span, bool)> {
    let wanted = [&facts.service_accounts, &facts.principals, &facts.namespaces];
    let unwanted = [&facts.not_principals, &facts.not_namespaces];
    let first = wanted.iter().find_map(|it| it.first()).map(|it| (it.span, false));
    first.or_else(|| unwanted.iter().find_map(|it| it.first()).map(|it| (it.span, true)))
}
