//! One port of a service as a place that requests can go to.

use crate::kube::made;
use crate::kube::traffic::virtual_service::{Destination, PortSelector, RouteDestination};
use crate::lower::Context;
use crate::lower::rollout::steering;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::service::ServicePort;
use crate::source::{Spanned, Text};
use crate::units::{Port, Weight};
use crate::yaml::Named;

/// One port of a service.
pub struct Target<'p> {
    /// What every lowering needs to know.
    pub cx: &'p Context<'p>,
    /// The service.
    pub service: ServiceRef<'p>,
    /// The port's name.
    pub port_name: &'p Text,
    host: Text,
    port: Spanned<Port>,
}

impl<'p> Target<'p> {
    /// A port, by name and number.
    pub fn new(cx: &'p Context<'p>, service: ServiceRef<'p>, port: (&'p Text, &ServicePort)) -> Self {
        Self { cx, service, port_name: port.0, host: cx.host(service), port: port.1.number }
    }

    /// A version of the service, or all of it.
    pub fn destination(&self, version: Option<Text>) -> Destination {
        let port = Some(PortSelector { number: self.port });
        Destination { host: self.host.clone(), subset: version, port }
    }

    /// The shares of a split, in the order written; 0 and 100 too, so that moving a share changes one number.
    pub fn split(&self, split: &Named<Spanned<Weight>>) -> Vec<RouteDestination> {
        if self.steered() && !split.is_empty() {
            return self.steered_shares();
        }
        let shares = split.iter();
        shares.map(|(version, weight)| self.share(version, *weight)).collect()
    }

    /// The shares of connections, which no condition on requests can part: those of the route without one.
    pub fn connections(&self) -> Vec<RouteDestination> {
        let routes = self.service.service.routes.values();
        let last = routes.filter(|it| it.r#match.is_none() && !it.split.is_empty()).last();
        last.map_or_else(|| self.whole(), |it| self.split(&it.split))
    }

    /// Everything to the version that is written first.
    pub fn whole(&self) -> Vec<RouteDestination> {
        if self.steered() {
            return self.steered_shares();
        }
        let first = self.service.service.versions.iter().next();
        first.map(|(version, _)| self.share(version, Spanned::made(Weight(100)))).into_iter().collect()
    }

    fn steered(&self) -> bool {
        self.service.engine() == Some(Engine::ArgoRollouts)
    }

    /// What Argo Rollouts moves from there on.
    fn steered_shares(&self) -> Vec<RouteDestination> {
        let shares = steering::shares(|it| self.destination(Some(made(it))));
        shares.map(|(destination, weight)| RouteDestination { destination, weight }).into()
    }

    fn share(&self, version: &Text, weight: Spanned<Weight>) -> RouteDestination {
        RouteDestination { destination: self.destination(Some(version.clone())), weight }
    }
}

/// The ports on which the mesh sees requests, in the order written.
pub fn http_ports(service: ServiceRef<'_>) -> impl Iterator<Item = (&Text, &ServicePort)> {
    service.service.ports.iter().filter(|(_, it)| it.protocol.is_http())
}
