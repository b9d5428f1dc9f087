//! Names to things: what an id, a `namespace/name` or a word such as `ingress` means in a profile.

use crate::profile::{Caller, Client, Profile, Service};
use crate::source::Text;

/// A service and the id it has in the profile.
#[derive(Clone, Copy, Debug)]
pub struct ServiceRef<'p> {
    /// The profile it belongs to.
    pub profile: &'p Profile,
    /// Its key.
    pub id: &'p Text,
    /// Itself.
    pub service: &'p Service,
}

impl<'p> ServiceRef<'p> {
    /// The name of the Service object and of the label `app`.
    pub fn name(self) -> &'p Text {
        self.service.name.as_ref().unwrap_or(self.id)
    }

    /// The namespace.
    pub fn namespace(self) -> &'p Text {
        self.service.namespace.as_ref().unwrap_or(&self.profile.namespace)
    }

    /// The service account of its pods.
    pub fn service_account(self) -> &'p Text {
        self.service.service_account.as_ref().unwrap_or_else(|| self.name())
    }
}

/// A client and the id it has in the profile.
#[derive(Clone, Copy, Debug)]
pub struct ClientRef<'p> {
    /// The profile it belongs to.
    pub profile: &'p Profile,
    /// Its key.
    pub id: &'p Text,
    /// Itself.
    pub client: &'p Client,
}

impl<'p> ClientRef<'p> {
    /// The name of the Deployment and of the label `app`.
    pub fn name(self) -> &'p Text {
        self.client.name.as_ref().unwrap_or(self.id)
    }

    /// The namespace.
    pub fn namespace(self) -> &'p Text {
        self.client.namespace.as_ref().unwrap_or(&self.profile.namespace)
    }

    /// The service account of its pods.
    pub fn service_account(self) -> &'p Text {
        self.client.service_account.as_ref().unwrap_or_else(|| self.name())
    }
}

/// Whoever a rule or a match can name.
#[derive(Clone, Copy, Debug)]
pub enum Who<'p> {
    /// A client of the profile.
    Client(ClientRef<'p>),
    /// A service of the profile, calling.
    Service(ServiceRef<'p>),
    /// An identity outside the bundle.
    Caller(&'p Caller),
    /// The ingress gateway.
    Ingress,
}

impl<'p> Who<'p> {
    /// Namespace and service account.
    pub fn identity(self, profile: &'p Profile) -> (&'p Text, &'p Text) {
        match self {
            Self::Client(client) => (client.namespace(), client.service_account()),
            Self::Service(service) => (service.namespace(), service.service_account()),
            Self::Caller(caller) => (&caller.namespace, &caller.service_account),
            Self::Ingress => (&profile.mesh.gateway.namespace, &profile.mesh.gateway.service_account),
        }
    }
}

impl Profile {
    /// All services, in the order written.
    pub fn service_refs(&self) -> impl Iterator<Item = ServiceRef<'_>> {
        self.services.iter().map(|(id, service)| ServiceRef { profile: self, id, service })
    }

    /// All clients, in the order written.
    pub fn client_refs(&self) -> impl Iterator<Item = ClientRef<'_>> {
        self.clients.iter().map(|(id, client)| ClientRef { profile: self, id, client })
    }

    /// The service that an id or `namespace/name` means.
    pub fn service(&self, reference: &str) -> Option<ServiceRef<'_>> {
        if let Some((id, service)) = self.services.find(reference) {
            return Some(ServiceRef { profile: self, id, service });
        }
        let (namespace, name) = reference.split_once('/')?;
        let fits = |it: &ServiceRef<'_>| it.name().value == name && it.namespace().value == namespace;
        let by_id = self.services.find(name).map(|(id, service)| ServiceRef { profile: self, id, service });
        by_id.filter(fits).or_else(|| self.service_refs().find(fits))
    }

    /// The client that an id or `namespace/name` means.
    pub fn client(&self, reference: &str) -> Option<ClientRef<'_>> {
        if let Some((id, client)) = self.clients.find(reference) {
            return Some(ClientRef { profile: self, id, client });
        }
        let (namespace, name) = reference.split_once('/')?;
        self.client_refs().find(|it| it.name().value == name && it.namespace().value == namespace)
    }

    /// Whom a name means: a client, a service, a caller, or `ingress`; in this order.
    pub fn who(&self, reference: &str) -> Option<Who<'_>> {
        let client = || self.client(reference).map(Who::Client);
        let service = || self.service(reference).map(Who::Service);
        let caller = || self.callers.get(reference).map(Who::Caller);
        client().or_else(service).or_else(caller).or_else(|| (reference == "ingress").then_some(Who::Ingress))
    }

    /// Every name that [`Profile::who`] knows without a namespace.
    pub fn who_names(&self) -> impl Iterator<Item = &str> {
        self.clients.names().chain(self.services.names()).chain(self.callers.names()).chain(["ingress"])
    }
}
