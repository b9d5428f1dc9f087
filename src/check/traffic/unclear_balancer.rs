//! Requests spread in one way.

use crate::check::walk::Seen;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::balance::{Balance, ConsistentHash, LoadBalancer};
use crate::profile::service::Service;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Text};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2025",
    name: "unclear-balancer",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "CRD-DR-1"],
    why: "A load balancer follows one rule, or one fact that tells callers apart. Istio refuses two of them, a hash \
          without a fact is none, and only two rules can spare new pods.",
    bad: "
services:
  a:
    versions: { v1: {} }
    loadBalancer: { consistentHash: { useSourceIp: true, httpHeaderName: x-user } } #~
  b:
    versions: { v1: {} }
    loadBalancer: { simple: random, warmup: 30s } #~
  c: #~
    versions: { v1: {} }
    loadBalancer: { simple: null }
",
    good: "
services:
  a:
    versions: { v1: {} }
    loadBalancer: { consistentHash: { httpHeaderName: x-user } }
  b:
    versions: { v1: {} }
    loadBalancer: { simple: round-robin, warmup: 30s }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for (id, service) in profile.services.iter() {
        if seen.first(&service.load_balancer) {
            judge(id, &service.load_balancer, findings);
        }
        on_bytes(id, service, findings);
    }
}

fn judge(id: &Text, balancer: &LoadBalancer, findings: &mut Findings<'_>) {
    let LoadBalancer { simple, consistent_hash, warmup, locality: _ } = balancer;
    if let (Some(simple), Some(_)) = (simple, consistent_hash) {
        let finding =
            findings.at(simple.span, format!("`{id}` has a `simple` load balancer and a `consistentHash`"));
        findings.push(finding.help("keep one of them: `simple: null` takes an inherited one away"));
    }
    if simple.is_none() && consistent_hash.is_none() {
        let finding = findings.at(id.span, format!("`loadBalancer` of `{id}` says no way"));
        findings.push(finding.help("write `simple: least-request`, or `consistentHash`"));
    }
    if let Some(hash) = consistent_hash {
        let facts = facts(hash);
        let span = facts.get(1).or(facts.first()).map_or(id.span, |(_, span)| *span);
        if facts.len() != 1 {
            let keys: Vec<&str> = facts.iter().map(|(key, _)| *key).collect();
            let says = if keys.is_empty() { "nothing".to_owned() } else { keys.join(" and ") };
            let finding =
                findings.at(span, format!("`consistentHash` of `{id}` tells callers apart by {says}"));
            let ways = "`httpHeaderName`, `httpCookie`, `useSourceIp: true`, `httpQueryParameterName`";
            findings.push(finding.help(format!("exactly one of {ways}")));
        }
    }
    let cookie = consistent_hash.as_ref().and_then(|it| it.http_cookie.as_ref()).map(|it| &it.name);
    let parameter = consistent_hash.as_ref().and_then(|it| it.http_query_parameter_name.as_ref());
    for name in cookie.into_iter().chain(parameter).filter(|it| it.is_empty()) {
        findings.push(findings.at(name.span, format!("`consistentHash` of `{id}` has an empty name")));
    }
    let spares = |it: Balance| matches!(it, Balance::LeastRequest | Balance::RoundRobin);
    if let Some(warmup) = warmup.as_ref().filter(|_| !simple.is_some_and(|it| spares(it.value))) {
        let finding =
            findings.at(warmup.span, format!("`warmup` of `{id}` has no effect with this way of balancing"));
        findings.push(finding.help("`least-request` and `round-robin` spare new pods"));
    }
}

fn facts(hash: &ConsistentHash) -> Vec<(&'static str, Span)> {
    let ConsistentHash { http_header_name, http_cookie, use_source_ip, http_query_parameter_name } = hash;
    let address = use_source_ip.as_ref().filter(|it| it.value);
    let given = [
        http_header_name.as_ref().map(|it| ("`httpHeaderName`", it.span)),
        http_cookie.as_ref().map(|it| ("`httpCookie`", it.name.span)),
        address.map(|it| ("`useSourceIp`", it.span)),
        http_query_parameter_name.as_ref().map(|it| ("`httpQueryParameterName`", it.span)),
    ];
    let mut given: Vec<_> = given.into_iter().flatten().collect();
    given.sort_by_key(|(_, span)| *span);
    given
}

/// Bytes have neither headers nor cookies.
fn on_bytes(id: &Text, service: &Service, findings: &mut Findings<'_>) {
    let Some(hash) = &service.load_balancer.consistent_hash else { return };
    let http = service.ports.is_empty() || service.ports.values().any(|it| it.protocol.is_http());
    for (fact, span) in facts(hash).into_iter().filter(|(fact, _)| !http && *fact != "`useSourceIp`") {
        let finding =
            findings.at(span, format!("`{id}` tells callers apart by {fact}, and no port of it speaks HTTP"));
        findings.push(finding.help("`useSourceIp: true` needs no HTTP"));
    }
}
