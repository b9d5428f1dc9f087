//! What the mesh does for each service: its traffic, its security, how it is watched; a line a service.

use crate::handbook::matrix::is_for;
use crate::handbook::mtls::modes;
use crate::handbook::words::table_of;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::security::{Access, AuthzRule, MtlsMode};
use crate::template::code;

/// The table; without proxies the mesh does nothing, and there is none.
pub fn table(profile: &Profile, proxies: bool) -> Option<String> {
    if !proxies {
        return None;
    }
    let watched = watched(profile);
    let row = |it: ServiceRef<'_>| vec![code(it.name()), traffic(it), security(it), watched.clone()];
    table_of(
        &["Service", "Traffic", "Security", "Observability"],
        &profile.service_refs().map(row).collect::<Vec<_>>(),
    )
}

fn traffic(service: ServiceRef<'_>) -> String {
    let routes = match service.service.routes.len() {
        0 => "no route of its own".to_owned(),
        1 => "1 route".to_owned(),
        many => format!("{many} routes"),
    };
    let engine = service.engine().and_then(|it| match it {
        Engine::Flagger => Some("weights by Flagger"),
        Engine::ArgoRollouts => Some("weights by Argo Rollouts"),
        Engine::Git => None,
    });
    let breaker = service.service.circuit_breaker.as_ref().map(|_| "circuit breaker");
    let more = engine.into_iter().chain(breaker).map(str::to_owned);
    std::iter::once(routes).chain(more).collect::<Vec<_>>().join(", ")
}

fn security(service: ServiceRef<'_>) -> String {
    let mut found: Vec<_> = modes(service).collect();
    found.dedup();
    let mode = match found.as_slice() {
        [Some(MtlsMode::Strict)] => "mutual TLS only",
        [Some(MtlsMode::Permissive)] => "mutual TLS, plaintext too",
        [Some(MtlsMode::Disable)] => "plaintext only",
        [None] | [] => "mutual TLS as the mesh has it",
        _ => "mutual TLS by port",
    };
    format!("{mode}; {}", rules(service))
}

/// How many rules are about a service, or what holds without any.
fn rules(service: ServiceRef<'_>) -> String {
    let authz = &service.profile.authz;
    let about = |it: &&AuthzRule| is_for(service.profile, it, service);
    let count = authz.allow.values().chain(authz.deny.values()).filter(about).count();
    match (count, authz.default.value) {
        _ if authz.dry_run.value => "rules that only count".to_owned(),
        (0, Access::Allow) => "no rule".to_owned(),
        (0, Access::Deny) => "nobody may call it".to_owned(),
        (1, _) => "1 rule".to_owned(),
        (many, _) => format!("{many} rules"),
    }
}

/// How proxies let themselves be watched: the same for all services.
fn watched(profile: &Profile) -> String {
    let telemetry = profile.telemetry.as_ref();
    let asked = profile.observability.as_ref();
    let parts = [
        ("access log", telemetry.is_some_and(|it| it.access_log.is_some())),
        ("audit log", telemetry.is_some_and(|it| it.audit_log.is_some())),
        ("traces", telemetry.is_some_and(|it| it.tracing.is_some())),
        ("alerts", asked.is_some_and(|it| it.rules.value)),
        ("dashboard", asked.is_some_and(|it| it.dashboard.value)),
    ];
    let asked = parts.into_iter().filter(|it| it.1).map(|it| it.0);
    std::iter::once("metrics").chain(asked).collect::<Vec<_>>().join(", ")
}
