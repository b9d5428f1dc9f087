//! By which labels the pods of a service are found.

use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;

/// As `app=hello`. Flagger keeps the pods that serve under an `app` of its own, and every other label as it is.
pub fn selector(service: ServiceRef<'_>) -> String {
    let name = service.name();
    match service.engine() {
        Some(Engine::Flagger) => format!("app.kubernetes.io/name={name}"),
        Some(Engine::ArgoRollouts | Engine::Git) | None => format!("app={name}"),
    }
}
