//! What `test-mtls.sh` looks at: the mode of every port, the identity of every service, the question for Prometheus.

use serde::Serialize;

use crate::metrics::{Label, Match, REQUESTS, literal, query};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::{MtlsMode, Profile};
use crate::scripts::ask::host;
use crate::scripts::pods::selector;

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
            mode: word(service.port_mtls(port_name).map(|it| it.value)),
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
        query: query::plaintext(
            &REQUESTS,
            &of,
            &[Label::SourceWorkloadNamespace, Label::SourceWorkload],
            "5m",
        ),
    }
}

fn word(mode: Option<MtlsMode>) -> &'static str {
    match mode {
        Some(MtlsMode::Strict) => "strict",
        Some(MtlsMode::Permissive) => "permissive",
        Some(MtlsMode::Disable) => "disable",
        None => "mesh",
    }
}
