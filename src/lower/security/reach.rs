//! Who may open a connection to whom, as far as packets can tell: what NetworkPolicy objects are made of.
//!
//! Never tighter than `authz`, which decides afterwards by identity, method and path; looser where a packet cannot say
//! enough. A rule's source becomes the pods or the namespaces that can have it; where that cannot be told, it is anybody.

use std::collections::{BTreeMap, BTreeSet};

use crate::profile::Profile;
use crate::profile::lookup::{ServiceRef, Who};
use crate::profile::rollout::Engine;
use crate::profile::security::{Access, AuthzRule, Source, SourceFacts};
use crate::source::{Str, Text};

/// Whom a packet can come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// The pods of the ingress gateway.
    Gateway,
    /// Every pod of a namespace.
    Namespace(Str),
    /// The pods in a namespace that have this label `app`.
    Pods(Str, Str),
    /// The pods in a namespace of a service that Flagger releases, which have this name.
    Released(Str, Str),
}

/// Some peers; `None` is anybody.
pub type Peers = Option<BTreeSet<Peer>>;

/// What a workload may call.
pub enum Callees<'p> {
    /// Every service of the profile.
    All,
    /// These.
    Only(BTreeMap<&'p Text, ServiceRef<'p>>),
}

/// Who may open a connection to whom.
pub struct Reach<'p> {
    profile: &'p Profile,
    /// Whoever belongs to the profile or is named by it.
    everyone: BTreeSet<Peer>,
    rules: Vec<(&'p AuthzRule, Peers)>,
    /// Places in `rules`: those that are for a service, by its id; those for all; those that close all.
    to: BTreeMap<&'p Text, Vec<usize>>,
    to_all: Vec<usize>,
    /// Places in `rules` by who is let in.
    from: BTreeMap<Peer, Vec<usize>>,
    from_anybody: Vec<usize>,
    closed: BTreeSet<&'p Text>,
    exposed: BTreeSet<&'p Text>,
}

impl<'p> Reach<'p> {
    /// What the ALLOW rules of a profile come to. What is only tried out lets in, but keeps nobody out.
    pub fn of(profile: &'p Profile) -> Self {
        let pods = pods(profile);
        let callers = profile.callers.values().map(|it| Peer::Namespace(it.namespace.value.clone()));
        let own = crate::lower::base::namespace::names(profile)
            .into_iter()
            .map(|it| Peer::Namespace(it.value.clone()));
        let mut this = Self {
            profile,
            everyone: own.chain(callers).collect(),
            rules: Vec::new(),
            to: BTreeMap::new(),
            to_all: Vec::new(),
            from: BTreeMap::new(),
            from_anybody: Vec::new(),
            closed: BTreeSet::new(),
            exposed: exposed(profile),
        };
        let enforced = !profile.authz.dry_run.value;
        if enforced && profile.authz.default.value == Access::Deny {
            this.close_all();
        }
        for rule in profile.authz.allow.values() {
            this.add(
                rule,
                sources(profile, &pods, rule),
                enforced && rule.dry_run.is_none_or(|it| !it.value),
            );
        }
        this
    }

    /// Who may call a service.
    pub fn callers(&self, service: ServiceRef<'p>) -> Peers {
        let mut peers = BTreeSet::new();
        if self.closed.contains(service.id) {
            for place in self.to.get(service.id).into_iter().flatten().chain(&self.to_all) {
                peers.extend(self.rules[*place].1.as_ref()?.iter().cloned());
            }
        } else {
            peers.clone_from(&self.everyone);
        }
        if self.exposed.contains(service.id) {
            peers.insert(Peer::Gateway);
        }
        Some(peers)
    }

    /// Whom the pods of a workload may call.
    pub fn callees(&self, namespace: &Text, app: &Text) -> Callees<'p> {
        if self.closed.len() < self.profile.services.len() {
            return Callees::All;
        }
        let mine = [
            Peer::Namespace(namespace.value.clone()),
            Peer::Pods(namespace.value.clone(), app.value.clone()),
            Peer::Released(namespace.value.clone(), app.value.clone()),
        ];
        let places = mine.iter().filter_map(|it| self.from.get(it)).flatten().chain(&self.from_anybody);
        let mut only = BTreeMap::new();
        for place in places {
            let to = &self.rules[*place].0.to;
            if to.is_empty() {
                return Callees::All;
            }
            only.extend(to.iter().filter_map(|it| self.profile.service(it)).map(|it| (it.id, it)));
        }
        Callees::Only(only)
    }

    fn close_all(&mut self) {
        self.closed.extend(self.profile.service_refs().map(|it| it.id));
    }

    fn add(&mut self, rule: &'p AuthzRule, peers: Peers, closes: bool) {
        let place = self.rules.len();
        for service in rule.to.iter().filter_map(|it| self.profile.service(it)) {
            self.to.entry(service.id).or_default().push(place);
            if closes {
                self.closed.insert(service.id);
            }
        }
        if rule.to.is_empty() {
            self.to_all.push(place);
            if closes {
                self.close_all();
            }
        }
        match &peers {
            None => self.from_anybody.push(place),
            Some(peers) => peers.iter().for_each(|it| self.from.entry(it.clone()).or_default().push(place)),
        }
        self.rules.push((rule, peers));
    }
}

/// The services that the gateway sends requests to: those behind its hosts, and those that get copies of their requests.
fn exposed(profile: &Profile) -> BTreeSet<&Text> {
    let mut exposed = BTreeSet::new();
    for service in profile.gateway.iter().flat_map(|it| it.hosts.values()) {
        let Some(service) = profile.service(&service.service) else { continue };
        exposed.insert(service.id);
        let mirrors = service.service.routes.values().filter_map(|it| it.mirror.as_ref()?.service.as_ref());
        exposed.extend(mirrors.filter_map(|it| profile.service(it)).map(|it| it.id));
    }
    exposed
}

type PodsOf<'p> = BTreeMap<(&'p str, &'p str), BTreeSet<Peer>>;

/// The pods of the profile by identity, which several workloads may share.
fn pods(profile: &Profile) -> PodsOf<'_> {
    let services = profile.service_refs().map(|it| {
        let released = it.engine() == Some(Engine::Flagger);
        (it.namespace(), it.service_account(), it.name(), released)
    });
    let clients = profile.client_refs().map(|it| (it.namespace(), it.service_account(), it.name(), false));
    let mut pods = PodsOf::new();
    for (namespace, account, app, released) in services.chain(clients) {
        let which = if released { Peer::Released } else { Peer::Pods };
        let peer = which(namespace.value.clone(), app.value.clone());
        pods.entry((namespace, account)).or_default().insert(peer);
    }
    pods
}

fn sources(profile: &Profile, pods: &PodsOf<'_>, rule: &AuthzRule) -> Peers {
    let mut peers = BTreeSet::new();
    for source in rule.from.iter() {
        peers.extend(match source {
            Source::Who(name) => who(profile, pods, name)?,
            Source::Facts(facts) => about(profile, pods, facts)?,
        });
    }
    (!rule.from.is_empty()).then_some(peers)
}

fn who(profile: &Profile, pods: &PodsOf<'_>, name: &Text) -> Peers {
    match profile.who(name)? {
        Who::Caller(caller) => Some([Peer::Namespace(caller.namespace.value.clone())].into()),
        known => {
            let (namespace, account) = known.identity(profile);
            Some(identity(profile, pods, namespace, account))
        }
    }
}

/// All facts must hold, so the one that says most about the pods is enough.
fn about(profile: &Profile, pods: &PodsOf<'_>, facts: &SourceFacts) -> Peers {
    let mut peers = BTreeSet::new();
    let (names, principals) = (&facts.service_accounts, &facts.principals);
    let accounts = names.iter().map(|it| it.split_once('/'));
    let principals = principals.iter().map(|it| it.split_once("/ns/")?.1.split_once("/sa/"));
    let mut identities = accounts.chain(principals).peekable();
    if identities.peek().is_some() {
        for found in identities {
            let (namespace, account) = found.filter(|(a, b)| !a.contains('*') && !b.contains('*'))?;
            peers.extend(identity(profile, pods, namespace, account));
        }
        return Some(peers);
    }
    for namespace in facts.namespaces.iter() {
        (!namespace.contains('*')).then(|| peers.insert(Peer::Namespace(namespace.value.clone())))?;
    }
    (!peers.is_empty()).then_some(peers)
}

/// The pods that can have an identity: known ones, or any of its namespace.
fn identity(profile: &Profile, pods: &PodsOf<'_>, namespace: &str, account: &str) -> BTreeSet<Peer> {
    let gateway = &profile.mesh.gateway;
    if gateway.namespace.as_str() == namespace && gateway.service_account.as_str() == account {
        return [Peer::Gateway].into();
    }
    pods.get(&(namespace, account)).cloned().unwrap_or_else(|| [Peer::Namespace(namespace.into())].into())
}
