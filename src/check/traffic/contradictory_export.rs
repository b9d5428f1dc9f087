//! `exportTo` says once who sees a service: everybody, or these namespaces.

use crate::check::names;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2040",
    name: "contradictory-export",
    severity: Severity::Error,
    equivalents: &["VAL-EXP"],
    why: "Istio refuses a VirtualService or DestinationRule whose `exportTo` says a thing twice, names everybody and \
          somebody, or holds what no namespace is called. Of a Service, which says it by annotation, it checks nothing: \
          there the mistake stays.",
    bad: "
services:
  hello: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: [., hello, other] } #~
  world: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: ['*', other] } #~
  nobody: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: '~' } #~
  odd: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: [., -here] } #~
namespace: hello
",
    good: "
services:
  hello: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: [., other] }
  world: { ports: { http: { number: 80 } }, versions: { v1: {} }, exportTo: '*' }
namespace: hello
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for service in profile.service_refs() {
        let seen_by = &service.service.export_to;
        for (place, entry) in seen_by.iter().enumerate() {
            form(entry, findings);
            if let Some(first) =
                seen_by.iter().take(place).find(|it| one(&service, it) == one(&service, entry))
            {
                twice(entry, first, findings);
            }
        }
        if let Some(star) = seen_by.iter().find(|it| it.value == *"*")
            && let Some(other) = seen_by.iter().find(|it| it.value != *"*")
        {
            let finding = findings
                .at(star.span, format!("`*` is everybody, and `{}` is somebody", names::shown(other)));
            findings.push(finding.related(other.span, "said here").help("leave one of them out"));
        }
    }
}

/// What Istio takes for an entry, less the capitals that it takes and no namespace has.
fn form(entry: &Text, findings: &mut Findings<'_>) {
    match entry.as_str() {
        "*" | "." => {}
        "~" => {
            let finding = findings.at(entry.span, "`~` is nobody, and a service that nobody sees is none");
            findings.push(finding.help("write `.` for its own namespace"));
        }
        _ => names::judge(&names::LABEL, entry, "a namespace", findings),
    }
}

/// The namespace that an entry stands for.
fn one<'a>(service: &'a ServiceRef<'_>, entry: &'a Text) -> &'a str {
    if entry.value == *"." { service.namespace().as_str() } else { entry.as_str() }
}

fn twice(entry: &Text, first: &Text, findings: &mut Findings<'_>) {
    let message = if entry.value == first.value {
        format!("`{}` is named twice", names::shown(entry))
    } else {
        format!("`{entry}` and `{first}` are the same namespace, its own")
    };
    findings.push(
        findings
            .at(entry.span, message)
            .related(first.span, "named here first")
            .help("leave one of them out"),
    );
}
