//! Who calls whom: what a policy names, what no policy forbids, and what is refused.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::build::Builder;
use crate::graph::build::judge::{Verdict, is_gateway, judge};
use crate::graph::build::vertices::vertex;
use crate::graph::facts::access::{Action, Identity, Policy};
use crate::graph::model::{Access, Edge, Relation, Role, Security};

/// Every client is held against every service while there are no more pairs than this.
const PAIRS: usize = 20_000;
/// A picture shows no more calls than this of those that no rule forbids.
const OPEN: usize = 16;
/// A picture shows no more refused calls than this.
const DENIED: usize = 6;

/// The workloads of each identity.
type Accounts<'a> = BTreeMap<Identity<'a>, Vec<usize>>;

impl<'a> Builder<'a> {
    /// All calls between workloads and services.
    pub fn calls(&mut self) {
        let facts = self.facts;
        let mut accounts = Accounts::new();
        for (place, workload) in facts.workloads.iter().enumerate() {
            accounts.entry((workload.namespace, workload.account)).or_default().push(place);
        }
        let clients: Vec<usize> = (0..facts.workloads.len())
            .filter(|it| self.vertices[self.of_workload[*it]].role == Role::Client)
            .filter(|it| !is_gateway((facts.workloads[*it].namespace, facts.workloads[*it].account)))
            .collect();
        let few = clients.len().saturating_mul(facts.services.len()) <= PAIRS;
        if !few {
            self.notes
                .push("of calls, only those that a policy names are shown: there are too many pairs".into());
        }
        for (place, service) in facts.services.iter().enumerate() {
            let policies = self.policies_of(place);
            let security = facts.security(service, self.root);
            for client in clients.iter().filter(|_| few) {
                self.client(*client, place, &policies, security);
            }
            self.named(place, &policies, security, &accounts);
        }
    }

    fn client(
        &mut self,
        client: usize,
        service: usize,
        policies: &[&Policy<'_>],
        security: Option<Security>,
    ) {
        let caller = &self.facts.workloads[client];
        let verdict = judge((caller.namespace, caller.account), caller.has_proxy, policies, security);
        let near = caller.namespace == self.facts.services[service].namespace;
        if near || verdict.access != Access::Open {
            self.call(self.of_workload[client], service, verdict);
        }
    }

    fn call(&mut self, from: usize, service: usize, verdict: Verdict) {
        let to = self.of_service[service];
        let edge = self.edge(from, to, Relation::Calls);
        edge.labels.clone_from(&verdict.requests);
        verdict.mark(edge);
    }

    /// Whoever is named by an ALLOW policy calls: a workload behind another service, or an identity from elsewhere.
    fn named(
        &mut self,
        service: usize,
        policies: &[&Policy<'a>],
        security: Option<Security>,
        accounts: &Accounts<'a>,
    ) {
        let facts = self.facts;
        let rules = policies.iter().filter(|it| it.action == Action::Allow).flat_map(|it| &it.rules);
        let sources: Vec<_> = rules.flat_map(|it| &it.sources).collect();
        let identities: BTreeSet<Identity<'a>> = sources.iter().flat_map(|it| it.identities()).collect();
        for who in identities {
            let known = accounts.get(&who);
            if known.is_none() && !is_gateway(who) {
                let verdict = judge(who, true, policies, security);
                let from = self.vertex(vertex(Role::Caller, "identity", "ServiceAccount", who.0, who.1));
                self.call(from, service, verdict);
            }
            for workload in known.into_iter().flatten() {
                // A version may call its own service, but hardly ever does.
                if facts.services[service].workloads.contains(workload) {
                    continue;
                }
                let has_proxy = facts.workloads[*workload].has_proxy;
                let verdict = judge(who, has_proxy, policies, security);
                self.call(self.of_workload[*workload], service, verdict);
            }
        }
        let spaces: BTreeSet<&str> = sources.iter().flat_map(|it| it.namespaces()).collect();
        for space in spaces {
            // No account is called so: policies that name accounts are not about the namespace.
            let verdict = judge((space, ""), true, policies, security);
            let mut anyone = vertex(Role::Caller, "namespace", "Namespace", space, "any workload");
            anyone.id = format!("namespace/{space}");
            let from = self.vertex(anyone);
            self.call(from, service, verdict);
        }
    }

    /// Of calls that no rule names a picture shows a few or none, and says so.
    pub fn thin_out(&mut self) {
        let plans = [
            (Access::Open, OPEN, "calls that no policy forbids are not drawn"),
            (Access::Denied, DENIED, "calls that are refused are not drawn"),
        ];
        for (access, most, words) in plans {
            let vertices = &self.vertices;
            let optional = |it: &&mut Edge| {
                it.access == Some(access)
                    && it.relation == Relation::Calls
                    && vertices[it.from].role == Role::Client
            };
            let count = self.edges.values_mut().filter(optional).count();
            if count > most {
                self.edges.values_mut().filter(optional).for_each(|it| it.drawn = false);
                self.notes.push(format!("{count} {words}"));
            }
        }
    }
}
