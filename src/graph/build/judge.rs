//! Whether an identity may call a service, as far as policies say it of identities.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::build::Builder;
use crate::graph::facts::access::{Action, Identity, Policy, Rule, Source};
use crate::graph::facts::workload::Workload;
use crate::graph::facts::{Facts, has_all, pairs};
use crate::graph::model::{Access, Edge, Security};
use crate::graph::words::clip;

/// What the policies say to a call.
pub struct Verdict {
    /// Whether it gets through.
    pub access: Access,
    /// The requests that do, a rule each; empty for all.
    pub requests: Vec<String>,
    /// The objects that decide it.
    pub by: Vec<String>,
    /// How the connection is protected.
    pub security: Option<Security>,
}

impl Verdict {
    /// Says it of an edge.
    pub fn mark(self, edge: &mut Edge) {
        edge.access = Some(self.access);
        edge.security = self.security;
        for by in self.by {
            if !edge.by.contains(&by) {
                edge.by.push(by);
            }
        }
    }
}

impl<'a> Builder<'a> {
    /// The policies about a service.
    pub fn policies_of(&self, service: usize) -> Vec<&'a Policy<'a>> {
        let facts = self.facts;
        let service = &facts.services[service];
        let mut found = BTreeSet::new();
        for workload in service.workloads.iter().map(|it| &facts.workloads[*it]) {
            for namespace in [workload.namespace, self.root] {
                found.extend(facts.policies_near.whole(namespace));
                found.extend(facts.policies_near.chosen(namespace, &workload.labels));
            }
        }
        let about = |policy: &&Policy<'_>| {
            let mut versions = service.workloads.iter().map(|it| &facts.workloads[*it]);
            versions.any(|it| policy.is_about(it, service.name, self.root))
        };
        found.into_iter().map(|it| &facts.policies[it]).filter(about).collect()
    }

    /// Who the pods of each Gateway are.
    pub fn gateway_pods(facts: &'a Facts<'a>) -> BTreeMap<Identity<'a>, Vec<Identity<'a>>> {
        let mut known: BTreeMap<Vec<(&str, &str)>, Vec<Identity<'a>>> = BTreeMap::new();
        let mut made = BTreeMap::new();
        for it in &facts.gateways {
            // Many Gateways are of the same pods.
            let selector = pairs(&it.node, &["spec", "selector"]);
            let pods = known.entry(selector.clone()).or_insert_with(|| {
                let fits = |it: &&Workload<'_>| !selector.is_empty() && has_all(&it.labels, &selector);
                let pods = facts.workloads.iter().filter(fits);
                let all: BTreeSet<Identity<'a>> = pods.map(|it| (it.namespace, it.account)).collect();
                all.into_iter().collect()
            });
            made.entry((it.namespace.as_str(), it.name.as_str())).or_insert_with(|| pods.clone());
        }
        made
    }

    /// What they say to a Gateway, which calls on behalf of its visitors.
    pub fn judge_gateway(&self, gateway: Identity<'_>, service: usize) -> Verdict {
        let facts = self.facts;
        let policies = self.policies_of(service);
        let security = facts.security(&facts.services[service], self.root);
        let mut identities: Vec<Identity<'_>> = self.pods_of.get(&gateway).cloned().unwrap_or_default();
        if identities.is_empty() {
            let rules = policies.iter().flat_map(|it| &it.rules);
            let all = rules.flat_map(|it| &it.sources).flat_map(Source::identities);
            identities = all.filter(|it| is_gateway(*it)).collect();
        }
        if identities.is_empty() {
            identities.push((self.root, "istio-ingressgateway"));
        }
        let verdicts = identities.iter().map(|it| judge(*it, true, &policies, security));
        let best = verdicts.min_by_key(|it| it.access);
        best.unwrap_or(Verdict { access: Access::Open, requests: Vec::new(), by: Vec::new(), security })
    }
}

/// What the policies of a service say to an identity; `has_proxy`: whether it can prove who it is.
pub fn judge(
    who: Identity<'_>,
    has_proxy: bool,
    policies: &[&Policy<'_>],
    security: Option<Security>,
) -> Verdict {
    let verdict = |access, requests, by| Verdict { access, requests, by, security };
    if !has_proxy && security == Some(Security::Strict) {
        return verdict(Access::Denied, Vec::new(), vec!["plaintext is refused".to_owned()]);
    }
    let proven = has_proxy && security != Some(Security::Disabled);
    let of = |action| policies.iter().filter(move |it| it.action == action);
    let refused = of(Action::Deny).find(|it| it.rules.iter().any(|rule| refuses(rule, who, proven)));
    if let Some(policy) = refused {
        return verdict(Access::Denied, Vec::new(), vec![policy.object.title()]);
    }
    let (mut requests, mut by, mut asked) = (Vec::new(), Vec::new(), false);
    for policy in of(Action::Allow) {
        asked = true;
        let fitting: Vec<&Rule<'_>> = policy.rules.iter().filter(|it| allows(it, who, proven)).collect();
        if !fitting.is_empty() {
            by.push(policy.object.title());
        }
        requests.extend(fitting.iter().map(|it| words(it)));
    }
    if !asked {
        return verdict(Access::Open, Vec::new(), Vec::new());
    }
    if by.is_empty() {
        let denying = of(Action::Allow).map(|it| it.object.title()).collect();
        return verdict(Access::Denied, Vec::new(), denying);
    }
    if requests.iter().any(String::is_empty) {
        requests.clear();
    }
    requests.dedup();
    verdict(Access::Declared, requests, by)
}

/// Whether an identity looks like a Gateway's: its workload stands in another bundle, nearly always.
pub fn is_gateway((_, account): Identity<'_>) -> bool {
    account.contains("gateway") || account.contains("ingress")
}

fn allows(rule: &Rule<'_>, who: Identity<'_>, proven: bool) -> bool {
    let fits = |it: &Source<'_>| it.names(who) && (proven || !it.needs_mtls());
    rule.sources.is_empty() || rule.sources.iter().any(fits)
}

/// Whether a DENY rule leaves nothing: one that is about some requests only does not end a call.
fn refuses(rule: &Rule<'_>, who: Identity<'_>, proven: bool) -> bool {
    let whole = rule.requests.is_empty() && !rule.has_more && !rule.sources.iter().any(Source::has_more);
    whole && allows(rule, who, proven)
}

/// The requests of an ALLOW rule, in few words.
fn words(rule: &Rule<'_>) -> String {
    let more = rule.has_more || rule.sources.iter().any(Source::has_more);
    match (rule.requests.as_str(), more) {
        ("", true) => "on conditions".to_owned(),
        (requests, true) => clip(&format!("{requests} on conditions")),
        (requests, false) => clip(requests),
    }
}
