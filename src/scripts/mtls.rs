//! What `test-mtls.sh` looks at: the mode of every port, the identity of every service, the question for Prometheus.

use serde::Serialize;

use crate::metrics::{Label, Match, literal, query};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::service::ServicePort;
use crate::profile::{MtlsMode, Profile};
use crate::scripts::ask::host;
use crate::scripts::pods::selector;
use crate::source::Text;

/// As the template sees it.
#[derive(Serialize)]
pub struct MtlsTest {
    services: Vec<Guarded>,
    has_ports: bool,
    /// Where Prometheus answers, if the profile says.
    prometheus: Option<String>,
    /// An image with curl: that of a client.
    image: Option<String>,
}

/// A service and how it takes connections.
#[derive(Serialize)]
struct Guarded {
    name: String,
    namespace: String,
    selector: String,
    identity: String,
    ports: Vec<Guard>,
    /// Whether every port takes mutual TLS only.
    strict: bool,
    /// What Prometheus knows of connections that are not mutually authenticated.
    query: String,
}

/// A port.
#[derive(Serialize)]
struct Guard {
    address: String,
    /// `strict`, `permissive`, `disable`, or `mesh` where the mesh decides.
    mode: &'static str,
}

/// Every service.
pub fn mtls(profile: &Profile) -> MtlsTest {
    let prometheus = profile.observability.as_ref().and_then(|it| it.prometheus.as_ref());
    MtlsTest {
        has_ports: profile.services.values().any(|it| !it.ports.is_empty()),
        services: profile.service_refs().map(|it| guarded(profile, it)).collect(),
        prometheus: prometheus.and_then(|it| it.address.as_ref()).map(ToString::to_string),
        image: profile.clients.values().next().map(|it| it.version.image.to_string()),
    }
}

fn guarded(profile: &Profile, service: ServiceRef<'_>) -> Guarded {
    let (name, namespace) = (service.name(), service.namespace());
    let ports: Vec<Guard> = service
        .service
        .ports
        .iter()
        .map(|(port_name, port)| Guard {
            address: format!("http://{}:{}/", host(service), port.number),
            mode: word(mode(profile, service, port_name, port)),
        })
        .collect();
    // Flagger's own Services stand before the same pods.
    let names = format!("{}(-primary|-canary)?", literal(name));
    let of = [
        match service.engine() {
            Some(Engine::Flagger) => Match::Like(Label::DestinationServiceName, &names),
            Some(Engine::ArgoRollouts | Engine::Git) | None => Match::Is(Label::DestinationServiceName, name),
        },
        Match::Is(Label::DestinationServiceNamespace, namespace),
    ];
    Guarded {
        name: name.to_string(),
        namespace: namespace.to_string(),
        selector: selector(service),
        identity: format!(
            "spiffe://{}/ns/{namespace}/sa/{}",
            profile.mesh.trust_domain,
            service.service_account()
        ),
        strict: !ports.is_empty() && ports.iter().all(|it| it.mode == "strict"),
        ports,
        query: query::not_mutual(&of, "5m"),
    }
}

/// The narrowest mode that is said: of the port, the service, its namespace, the mesh.
fn mode(profile: &Profile, service: ServiceRef<'_>, name: &Text, port: &ServicePort) -> Option<MtlsMode> {
    let own = service.service.mtls.as_ref();
    // Ports of the pods are guarded, not those of the service: two that share one share its guard.
    let same = |other: &Text| {
        service.service.ports.get(other).is_some_and(|it| it.target().value == port.target().value)
    };
    let of_port = own.and_then(|it| {
        it.ports.get(name).or_else(|| it.ports.iter().find(|(other, _)| same(other)).map(|(_, mode)| mode))
    });
    let namespaces = &profile.mtls.namespaces;
    let of_namespace = || {
        let in_root = *service.namespace() == profile.mesh.root_namespace;
        let wide = profile.mtls.namespace.as_ref().filter(|_| !in_root);
        namespaces.get(service.namespace()).filter(|_| !in_root).or(wide)
    };
    let said = of_port.or_else(|| own.and_then(|it| it.mode.as_ref())).or_else(of_namespace);
    said.or(profile.mtls.mesh.as_ref()).map(|it| it.value)
}

fn word(mode: Option<MtlsMode>) -> &'static str {
    match mode {
        Some(MtlsMode::Strict) => "strict",
        Some(MtlsMode::Permissive) => "permissive",
        Some(MtlsMode::Disable) => "disable",
        None => "mesh",
    }
}
