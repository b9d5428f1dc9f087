//! By which labels the pods of a service are found.

use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;

/// As `app=hello`. Flagger keeps the pods that serve under a name of its own.
pub fn selector(profile: &Profile, service: ServiceRef<'_>) -> String {
    let name = service.name();
    match profile.engine_of(service) {
        Some(Engine::Flagger) => format!("app in ({name}, {name}-primary)"),
        Some(Engine::ArgoRollouts | Engine::Git) | None => format!("app={name}"),
    }
}
