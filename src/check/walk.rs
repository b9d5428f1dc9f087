//! What rules look at, one after the other, each with the words that messages use for it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::security::AuthzRule;
use crate::profile::traffic::Route;
use crate::profile::workload::Version;
use crate::source::Text;

/// A route, its name and its service; prints as "route `a` of `b`".
#[derive(Clone, Copy)]
pub struct RouteRef<'p> {
    /// Whose it is.
    pub owner: ServiceRef<'p>,
    /// Its key.
    pub name: &'p Text,
    /// Itself.
    pub route: &'p Route,
}

impl fmt::Display for RouteRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "route `{}` of `{}`", self.name, self.owner.id)
    }
}

/// Every route of every service.
pub fn routes(profile: &Profile) -> impl Iterator<Item = RouteRef<'_>> {
    profile.service_refs().flat_map(|owner| {
        owner.service.routes.iter().map(move |(name, route)| RouteRef { owner, name, route })
    })
}

/// Whose pods they are.
#[derive(Clone, Copy)]
pub enum Owner<'p> {
    /// A version of a service.
    Service(ServiceRef<'p>),
    /// A client.
    Client,
}

/// What runs; prints as "version `v1` of `hello`" or "client `test`".
#[derive(Clone, Copy)]
pub struct WorkloadRef<'p> {
    /// Whose it is.
    pub owner: Owner<'p>,
    /// The key of the version or of the client.
    pub key: &'p Text,
    /// Itself.
    pub version: &'p Version,
}

impl fmt::Display for WorkloadRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            Owner::Service(service) => write!(out, "version `{}` of `{}`", self.key, service.id),
            Owner::Client => write!(out, "client `{}`", self.key),
        }
    }
}

/// Every version of every service, then every client.
pub fn workloads(profile: &Profile) -> impl Iterator<Item = WorkloadRef<'_>> {
    let versions = profile.service_refs().flat_map(|service| {
        let owner = Owner::Service(service);
        service.service.versions.iter().map(move |(key, version)| WorkloadRef { owner, key, version })
    });
    let clients = profile.client_refs().map(|client| WorkloadRef {
        owner: Owner::Client,
        key: client.id,
        version: &client.client.version,
    });
    versions.chain(clients)
}

/// Every service that a controller releases, and which: none where there is no `rollout`, or commits do it.
pub fn released(profile: &Profile) -> impl Iterator<Item = (ServiceRef<'_>, Engine)> {
    let all = profile.rollout.iter().flat_map(|_| profile.service_refs());
    all.filter_map(|it| Some((it, it.engine()?)))
}

/// A rule of `authz`; prints as "allow rule `a`" or "deny rule `a`".
#[derive(Clone, Copy)]
pub struct AuthzRef<'p> {
    /// Whether it refuses.
    pub deny: bool,
    /// Its key.
    pub name: &'p Text,
    /// Itself.
    pub rule: &'p AuthzRule,
}

impl<'p> AuthzRef<'p> {
    /// The services that it is for, as far as they exist: those that it names, or all.
    pub fn services(self, profile: &'p Profile) -> impl Iterator<Item = ServiceRef<'p>> {
        let named = self.rule.to.iter().filter_map(|it| profile.service(it));
        named.chain(profile.service_refs().filter(move |_| self.rule.to.is_empty()))
    }
}

impl fmt::Display for AuthzRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} rule `{}`", if self.deny { "deny" } else { "allow" }, self.name)
    }
}

/// Every rule of `authz`: those that allow, then those that deny.
pub fn authz(profile: &Profile) -> impl Iterator<Item = AuthzRef<'_>> {
    let of = |deny| move |(name, rule)| AuthzRef { deny, name, rule };
    profile.authz.allow.iter().map(of(false)).chain(profile.authz.deny.iter().map(of(true)))
}

/// Tells shared branches that were seen from those that were not, so that a default is judged once and not per entry.
#[derive(Default)]
pub struct Seen {
    last: usize,
    all: BTreeSet<usize>,
}

impl Seen {
    /// Whether this very value comes by for the first time.
    pub fn first<T>(&mut self, value: &Arc<T>) -> bool {
        let place = Arc::as_ptr(value).addr();
        if self.last == place {
            return false;
        }
        self.last = place;
        self.all.insert(place)
    }
}
