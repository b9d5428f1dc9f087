//! A star stands at the beginning or at the end of a value.

use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{AuthzRule, Source};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2204",
    name: "star-in-the-middle",
    severity: Severity::Error,
    equivalents: &["VAL-AP-06"],
    why: "Istio compares whole values, prefixes (`/api/*`), suffixes (`*.css`) and presence (`*`). A `*` anywhere else is \
          taken literally: the rule never applies.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { to: hello, paths: '/users/*/photo' } #~
    b: { from: [{ principals: '*/ns/a/*' }], to: hello } #~
    c: { to: hello, hosts: 'a.*.example.com' } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { to: hello, paths: ['/users/{*}/photo', '/api/*', '*.css', '*'] }
    b: { from: [{ principals: '*/ns/a/sa/b' }], to: hello }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in authz(profile) {
        let AuthzRule { from, methods, not_methods, paths, not_paths, hosts, not_hosts, when, .. } = it.rule;
        for list in [methods, not_methods, paths, not_paths, hosts, not_hosts] {
            judge(list, findings);
        }
        for source in from.iter() {
            let Source::Facts(facts) = source else { continue };
            judge(&facts.principals, findings);
            judge(&facts.not_principals, findings);
            judge(&facts.namespaces, findings);
            judge(&facts.not_namespaces, findings);
            judge(&facts.request_principals, findings);
            judge(&facts.not_request_principals, findings);
        }
        for condition in when.values() {
            judge(&condition.values, findings);
            judge(&condition.not_values, findings);
        }
    }
}

fn judge(values: &[Text], findings: &mut Findings<'_>) {
    for value in values.iter().filter(|it| it.contains('*') && !it.contains('{')) {
        let bare = value.strip_prefix('*').or_else(|| value.strip_suffix('*')).unwrap_or(value);
        if !bare.contains('*') {
            continue;
        }
        let finding = findings.at(value.span, format!("`{value}` has a `*` that is taken literally"));
        let template = value.starts_with('/').then(|| value.replace("/*/", "/{*}/"));
        findings.push(match template.filter(|it| *it != value.value) {
            Some(template) => finding.help(format!("one segment of a path is `{{*}}`: `{template}`")),
            None => finding.help("a `*` may stand at the beginning or at the end"),
        });
    }
}
