//! A caller with an identity, and whether policies may let it in.

use std::fmt;

use crate::lint::policy::walk;
use crate::lint::security::identity::domains;
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Node;

/// A workload that calls others.
#[derive(Clone, Debug)]
pub struct Caller<'m> {
    namespace: &'m str,
    account: &'m str,
    /// Its identity, by each name of the trust domain.
    names: Vec<String>,
}

impl<'m> Caller<'m> {
    /// A workload as those see it that it calls.
    pub fn of(workload: Workload<'m>, cluster: &Cluster) -> Self {
        let (namespace, account) = (workload.object.namespace(), workload.service_account());
        let names =
            domains(cluster).into_iter().map(|it| format!("{it}/ns/{namespace}/sa/{account}")).collect();
        Self { namespace, account, names }
    }

    /// Whether a rule of a policy may hold for it: what only a request could tell is taken to fit.
    pub fn may_pass(&self, policy: &Object) -> bool {
        walk::rules(policy).iter().any(|rule| {
            let mut sources = walk::sources(rule);
            rule.list("from").is_empty() || sources.any(|it| self.may_be(it, policy))
        })
    }

    fn may_be(&self, source: &Node, policy: &Object) -> bool {
        let texts = |key: &str| source.list(key).iter().filter_map(Node::text).map(Str::as_str);
        let (mut principals, mut namespaces) =
            (texts("principals").peekable(), texts("namespaces").peekable());
        let mut accounts = texts("serviceAccounts").peekable();
        let whole = |it: &str| match it.split_once('/') {
            Some((namespace, account)) => namespace == self.namespace && account == self.account,
            None => policy.namespace() == self.namespace && it == self.account,
        };
        (principals.peek().is_none() || principals.any(|it| self.names.iter().any(|name| fits(it, name))))
            && (namespaces.peek().is_none() || namespaces.any(|it| fits(it, self.namespace)))
            && (accounts.peek().is_none() || accounts.any(whole))
    }
}

impl fmt::Display for Caller<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.namespace, self.account)
    }
}

/// Whether a pattern with a `*` at one end fits a text.
fn fits(pattern: &str, text: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => pattern == text,
    }
}
