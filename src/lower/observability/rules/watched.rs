//! What there is to watch in a namespace: its services, sorted by what can be asked of them.

use std::collections::BTreeMap;

use crate::metrics::{Label, Match, Metric, Services};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::service::{Protocol, ServicePort};
use crate::source::Text;

/// The services of a namespace.
pub struct Watched<'p> {
    /// The profile that they are of.
    pub profile: &'p Profile,
    /// The namespace.
    pub namespace: &'p Text,
    /// In the order written.
    pub services: Vec<ServiceRef<'p>>,
}

/// Every namespace that has services, sorted.
pub fn namespaces(profile: &Profile) -> BTreeMap<&Text, Watched<'_>> {
    let mut all = BTreeMap::new();
    for service in profile.service_refs() {
        let namespace = service.namespace();
        let watched =
            all.entry(namespace).or_insert_with(|| Watched { profile, namespace, services: Vec::new() });
        watched.services.push(service);
    }
    all
}

impl Watched<'_> {
    /// Those services that are so; `None` if none is.
    pub fn some(&self, so: impl Fn(ServiceRef<'_>) -> bool) -> Option<Services> {
        let chosen: Vec<ServiceRef<'_>> = self.services.iter().copied().filter(|it| so(*it)).collect();
        let named = chosen.iter().map(|it| (it.name().as_str(), copied(*it)));
        (!chosen.is_empty()).then(|| Services::of(named, self.namespace))
    }

    /// Those whose requests the mesh sees.
    pub fn http(&self) -> Option<Services> {
        self.some(|it| ports(it, Protocol::is_http).next().is_some())
    }

    /// Those that take bytes.
    pub fn tcp(&self) -> Option<Services> {
        self.some(|it| ports(it, |protocol| !protocol.is_http()).next().is_some())
    }

    /// A recorded series, of the services of this namespace.
    pub fn recorded(&self, name: &str) -> String {
        let recorded = Match::Is(Label::DestinationServiceNamespace, self.namespace);
        format!("{name}{}", recorded.alone())
    }

    /// A metric of the pods of this namespace, of those series that also fit `which`.
    pub fn of_pods(&self, metric: &Metric, which: &[Match<'_>]) -> String {
        let own = Match::Is(Label::Namespace, self.namespace);
        let all: Vec<Match<'_>> = std::iter::once(own).chain(which.iter().copied()).collect();
        metric.select(&all)
    }
}

/// Whether Flagger makes copies of a service.
pub fn copied(service: ServiceRef<'_>) -> bool {
    service.profile.engine_of(service) == Some(Engine::Flagger)
}

/// The ports of a service that speak such a protocol.
pub fn ports(
    service: ServiceRef<'_>,
    such: fn(Protocol) -> bool,
) -> impl Iterator<Item = (&Text, &ServicePort)> {
    service.service.ports.iter().filter(move |(_, it)| such(it.protocol.value))
}
