//! Facts about a caller are ones that Istio can compare.

use core::net::IpAddr;

use crate::check::names::{LABEL, SUBDOMAIN, shown};
use crate::check::walk::{AuthzRef, authz};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{Source, SourceFacts};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2202",
    name: "unusable-source",
    severity: Severity::Error,
    equivalents: &["VAL-AP-03", "VAL-AP-04", "VAL-AP-05"],
    why: "Istio refuses a source without facts and an address that is none. A service account without its namespace, or \
          an identity written with its scheme, is nobody's.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { from: [{}], to: hello } #~
    b: { from: [{ serviceAccounts: prometheus }], to: hello } #~
    c: { from: [{ ipBlocks: [10.0.0.0/33, 10.0.0.1] }], to: hello } #~
    d: { from: [{ principals: 'spiffe://cluster.local/ns/a/sa/b' }], to: hello } #~
    e: { from: [{ namespaces: '' }], to: hello } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    b: { from: [{ serviceAccounts: monitoring/prometheus }], to: hello }
    c: { from: [{ ipBlocks: [10.0.0.0/8, '2001:db8::/32', 10.0.0.1] }], to: hello }
    d: { from: [{ principals: cluster.local/ns/a/sa/b }], to: hello }
    e: { from: [{ namespaces: team-*, notNamespaces: team-b }], to: hello }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in authz(profile) {
        for source in it.rule.from.iter() {
            match source {
                Source::Who(_) => {}
                Source::Facts(facts) => judge(it, facts, findings),
            }
        }
    }
}

fn judge(it: AuthzRef<'_>, facts: &SourceFacts, findings: &mut Findings<'_>) {
    let SourceFacts {
        service_accounts,
        principals,
        not_principals,
        namespaces,
        not_namespaces,
        ip_blocks,
        not_ip_blocks,
        remote_ip_blocks,
        not_remote_ip_blocks,
        request_principals,
        not_request_principals,
    } = facts;
    let texts =
        [principals, not_principals, namespaces, not_namespaces, request_principals, not_request_principals];
    let blocks = [ip_blocks, not_ip_blocks, remote_ip_blocks, not_remote_ip_blocks];
    if service_accounts.is_empty() && texts.iter().chain(&blocks).all(|it| it.is_empty()) {
        let finding = findings.at(it.name.span, format!("{it} has a source that says nothing"));
        findings.push(finding.help("leave `from` out if anybody is meant, known or not"));
    }
    if let Some((account, principal)) = service_accounts.first().zip(principals.first()) {
        let message = format!("{it} asks for `serviceAccounts` and `principals` of one caller");
        let finding = findings.at(account.span, message).related(principal.span, "the other");
        findings.push(finding.help("both are the identity: make it two sources if either will do"));
    }
    for account in service_accounts.iter() {
        service_account(account, findings);
    }
    for block in blocks.iter().flat_map(|it| it.iter()).filter(|it| !is_block(it)) {
        let finding =
            findings.at(block.span, format!("`{}` is neither an IP address nor a CIDR", shown(block)));
        findings.push(finding.help("write `10.0.0.1` or `10.0.0.0/8`"));
    }
    for text in texts.iter().flat_map(|it| it.iter()) {
        if text.is_empty() {
            let finding = findings.at(text.span, format!("{it} compares with an empty text"));
            findings.push(finding.help("`*` is any value that is there"));
        }
    }
    for principal in principals.iter().chain(not_principals.iter()) {
        if let Some(bare) = principal.strip_prefix("spiffe://") {
            let mut finding = findings
                .at(principal.span, format!("`{principal}` has a scheme, which identities lack here"));
            finding.fix = Some(bare.to_owned());
            findings.push(finding.help(format!("write `{bare}`")));
        }
    }
}

fn service_account(account: &Text, findings: &mut Findings<'_>) {
    let whole = account.split_once('/');
    if whole
        .is_some_and(|(namespace, name)| LABEL.flaw(namespace).is_none() && SUBDOMAIN.flaw(name).is_none())
    {
        return;
    }
    let message = format!("`{}` is no service account with its namespace", shown(account));
    let finding = findings.at(account.span, message);
    findings.push(if account.contains('*') {
        finding.help("`principals` and `namespaces` take a `*`, `serviceAccounts` does not")
    } else {
        finding.help("write `namespace/name`")
    });
}

/// An address, or one with the length of its prefix.
pub fn is_block(text: &str) -> bool {
    let (address, length) =
        text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let number =
        |it: &str| it.bytes().all(|it| it.is_ascii_digit()) && it.parse::<u8>().is_ok_and(|it| it <= most);
    length.is_none_or(number)
}
