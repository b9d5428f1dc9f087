//! Which hosts of the gateway each service answers, looked up once for all services.

use std::collections::BTreeMap;

use ecow::eco_format;

use crate::lower::traffic::host_overlap::covers;
use crate::lower::traffic::target::http_ports;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::outside::{Gateway, GatewayHost};
use crate::profile::service::ServicePort;
use crate::source::Text;
use crate::units::PortRef;

/// A host of the gateway and the port of the service that answers it.
pub struct Exposed<'p> {
    /// The service that answers.
    pub service: ServiceRef<'p>,
    /// The host.
    pub host: &'p Text,
    /// The port, by name and number.
    pub port: (&'p Text, &'p ServicePort),
}

/// The hosts by service, and the gateway as a VirtualService names it.
#[derive(Default)]
pub struct Exposure<'p> {
    /// `namespace/name` of the Gateway; `None` where there is none.
    pub gateway: Option<Text>,
    /// By the id of the service.
    hosts: BTreeMap<&'p str, Vec<Exposed<'p>>>,
}

impl<'p> Exposure<'p> {
    /// The exposure of a profile's services; hosts stay in the order written.
    pub fn of(profile: &'p Profile) -> Self {
        let Some(gateway) = &profile.gateway else { return Self::default() };
        let mut hosts: BTreeMap<&str, Vec<Exposed<'_>>> = BTreeMap::new();
        for (host, to) in gateway.hosts.iter() {
            let Some(service) = profile.service(&to.service) else { continue };
            let Some(port) = port_of(service, to) else { continue };
            hosts.entry(service.id).or_default().push(Exposed { service, host, port });
        }
        let name = gateway_name(profile, gateway);
        Self { gateway: Some(name.with(eco_format!("{}/{name}", profile.namespace))), hosts }
    }

    /// The hosts that a service answers.
    pub fn hosts(&self, service: ServiceRef<'_>) -> &[Exposed<'p>] {
        self.hosts.get(service.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The hosts that `wide` covers, but that another service or port of the same namespace answers.
    pub fn answered_by_others(&self, wide: &Exposed<'p>) -> impl Iterator<Item = &'p Text> {
        let namespace = wide.service.namespace();
        let of_namespace = self.hosts.values().filter(move |it| it[0].service.namespace() == namespace);
        let covered = of_namespace.flatten().filter(|it| covers(wide.host, it.host));
        covered.filter(|it| (it.service.id, it.port.0) != (wide.service.id, wide.port.0)).map(|it| it.host)
    }
}

/// The Gateway's name.
pub fn gateway_name<'p>(profile: &'p Profile, gateway: &'p Gateway) -> &'p Text {
    gateway.name.as_ref().unwrap_or(&profile.namespace)
}

fn port_of<'p>(service: ServiceRef<'p>, host: &GatewayHost) -> Option<(&'p Text, &'p ServicePort)> {
    let ports = &service.service.ports;
    match host.port.as_ref().map(|it| &it.value) {
        Some(PortRef::Name(name)) => ports.find(name),
        Some(PortRef::Number(number)) => ports.iter().find(|(_, it)| it.number.0 == *number),
        None => http_ports(service).next(),
    }
}
