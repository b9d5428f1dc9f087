//! Who may call: authorization policies, as far as they speak of identities.

use crate::graph::facts::workload::Workload;
use crate::graph::facts::{Labels, Object, has_all, items, pairs, says, text, texts};
use crate::source::Str;
use crate::yaml::Node;

/// Whether a policy lets through or keeps out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// What no such policy allows is refused.
    Allow,
    /// Wins over every ALLOW.
    Deny,
}

/// An AuthorizationPolicy that is in force.
pub struct Policy<'a> {
    /// The object.
    pub object: &'a Object,
    /// What it does.
    pub action: Action,
    /// Its rules; without any, none of the requests is meant.
    pub rules: Vec<Rule<'a>>,
    /// The labels of its pods; empty for all of the namespace.
    pub selector: Labels<'a>,
    services: Vec<&'a str>,
}

/// A rule of a policy.
pub struct Rule<'a> {
    /// Who is meant; empty for everybody.
    pub sources: Vec<Source<'a>>,
    /// Which requests are meant, in few words; empty for all.
    pub requests: String,
    /// Whether some `when` must hold besides.
    pub has_more: bool,
}

/// One `source` of a rule: all that it says must hold.
pub struct Source<'a> {
    namespace: &'a str,
    node: &'a Node,
}

/// An identity: namespace and service account.
pub type Identity<'a> = (&'a str, &'a str);

impl<'a> Policy<'a> {
    /// Reads a policy; `None` if it changes nothing: a dry run, an audit, a question to somebody else.
    pub fn read(object: &'a Object) -> Option<Self> {
        let action = match text(&object.node, &["spec", "action"]) {
            "" | "ALLOW" => Action::Allow,
            "DENY" => Action::Deny,
            _ => return None,
        };
        if says(&pairs(&object.node, &["metadata", "annotations"]), "istio.io/dry-run", "true") {
            return None;
        }
        let one = object.spec(&["targetRef"]).into_iter();
        let refs = one.chain(items(&object.node, &["spec", "targetRefs"]));
        let services: Vec<&str> = refs.map(|it| text(it, &["name"])).collect();
        let rules = items(&object.node, &["spec", "rules"]).iter();
        Some(Self {
            action,
            rules: rules.map(|it| rule(&object.namespace, it)).collect(),
            selector: pairs(&object.node, &["spec", "selector", "matchLabels"]),
            services,
            object,
        })
    }

    /// Whether it speaks of a workload behind a service.
    pub fn is_about(&self, workload: &Workload<'_>, service: &str, root: &str) -> bool {
        let space = self.object.namespace.as_str();
        let near = space == workload.namespace || space == root;
        let of_service = self.services.is_empty() || self.services.contains(&service);
        near && of_service && has_all(&workload.labels, &self.selector)
    }
}

fn rule<'a>(namespace: &'a str, node: &'a Node) -> Rule<'a> {
    let sources = items(node, &["from"]).iter().filter_map(|it| it.get("source"));
    let requests: Vec<String> =
        items(node, &["to"]).iter().filter_map(|it| it.get("operation")).map(operation).collect();
    Rule {
        sources: sources.map(|node| Source { namespace, node }).collect(),
        requests: requests.join("; "),
        has_more: !items(node, &["when"]).is_empty(),
    }
}

/// `GET / /api/*`
fn operation(node: &Node) -> String {
    let mut words: Vec<String> = Vec::new();
    for entry in node.entries() {
        let values: Vec<&str> = entry.value.items().iter().filter_map(Node::text).map(Str::as_str).collect();
        match entry.key.as_str() {
            "methods" => words.push(values.join(", ")),
            "paths" => words.push(values.join(" ")),
            "ports" => words.push(format!("port {}", values.join(", "))),
            "hosts" => words.push(format!("at {}", values.join(", "))),
            other => words.push(format!("{other} {}", values.join(", "))),
        }
    }
    words.join(" ")
}

impl<'a> Source<'a> {
    /// Whether an identity is meant, as far as identities decide it.
    pub fn names(&self, identity: Identity<'_>) -> bool {
        let list = |key: &str| texts(self.node, &[key]);
        let any_of = |key: &str, fits: &dyn Fn(&str) -> bool| {
            let wanted = list(key);
            wanted.is_empty() || wanted.iter().any(|it| fits(it))
        };
        let none_of = |key: &str, fits: &dyn Fn(&str) -> bool| !list(key).iter().any(|it| fits(it));
        let principal = |it: &str| is_principal(it, identity);
        let space = |it: &str| is_like(it, identity.0);
        let account = |it: &str| it.split_once('/').unwrap_or((self.namespace, it)) == identity;
        any_of("principals", &principal)
            && any_of("namespaces", &space)
            && any_of("serviceAccounts", &account)
            && none_of("notPrincipals", &principal)
            && none_of("notNamespaces", &space)
            && none_of("notServiceAccounts", &account)
    }

    /// The identities that it spells out.
    pub fn identities(&self) -> Vec<Identity<'a>> {
        let principals = texts(self.node, &["principals"]).into_iter().filter_map(|it| {
            let (namespace, account) = it.split_once("/ns/")?.1.split_once("/sa/")?;
            (!namespace.contains('*') && !account.contains('*')).then_some((namespace, account))
        });
        let accounts = texts(self.node, &["serviceAccounts"]).into_iter();
        principals.chain(accounts.map(|it| it.split_once('/').unwrap_or((self.namespace, it)))).collect()
    }

    /// The namespaces that it means as a whole.
    pub fn namespaces(&self) -> Vec<&'a str> {
        let whole = texts(self.node, &["principals"]).is_empty();
        let spaces = texts(self.node, &["namespaces"]).into_iter();
        spaces.filter(|it| whole && !it.contains('*')).collect()
    }

    /// Whether an identity alone is not enough: a token or an address is asked for besides.
    pub fn has_more(&self) -> bool {
        let more = ["requestPrincipals", "ipBlocks", "remoteIpBlocks"];
        more.iter().any(|it| !items(self.node, &[it]).is_empty())
    }

    /// Whether it asks for anything that only mutual TLS can tell.
    pub fn needs_mtls(&self) -> bool {
        let known = ["principals", "namespaces", "serviceAccounts"];
        known.iter().any(|it| !items(self.node, &[it]).is_empty())
    }
}

/// Whether an identity is meant by a principal, whatever its trust domain.
fn is_principal(pattern: &str, (namespace, account): Identity<'_>) -> bool {
    let tail = format!("/ns/{namespace}/sa/{account}");
    match pattern.find("/ns/") {
        Some(at) => is_like(&pattern[at..], &tail),
        None if pattern.ends_with('*') => true,
        None => pattern.strip_prefix('*').is_some_and(|it| tail.ends_with(it)),
    }
}

/// Whether a text is meant by a pattern with a `*` at one end, or none.
fn is_like(pattern: &str, text: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => pattern == text,
    }
}
