//! Where requests go: every route of every service, its balancing and its limits.

use serde::Serialize;

use crate::handbook::breaker::balance;
use crate::handbook::words::{any_code, requests, table_of};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::traffic::{Mirror, Retries, Route};
use crate::template::code;
use crate::units::Percent;

/// Where requests go.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by a sentence")]
pub struct Routes {
    /// Every route in its order.
    table: Option<String>,
    balancing: Option<String>,
    /// Services that have no routes: their requests go to all versions alike.
    plain: usize,
    mirrored: bool,
    faulty: bool,
    retried: bool,
    timed: bool,
    answered: bool,
}

impl Routes {
    /// Those of a profile.
    pub fn of(profile: &Profile) -> Self {
        let routes = || profile.services.values().flat_map(|it| it.routes.values());
        let http = |it: &ServiceRef<'_>| it.service.ports.values().any(|it| it.protocol.value.is_http());
        Self {
            table: table(profile),
            balancing: balance(profile),
            plain: profile.service_refs().filter(|it| it.service.routes.is_empty() && http(it)).count(),
            mirrored: routes().any(|it| it.mirror.is_some()),
            faulty: routes().any(|it| it.fault.is_some()),
            // Without a word of it, Istio tries twice more.
            retried: profile.service_refs().filter(http).any(|it| {
                let routes = &it.service.routes;
                routes.is_empty() || routes.values().any(|it| tries(it) > 1)
            }),
            timed: routes().any(|it| it.timeout.is_some()),
            answered: routes().any(|it| it.respond.is_some()),
        }
    }
}

/// Whether requests reach a pod: otherwise a proxy answers them.
pub fn forwards(route: &Route) -> bool {
    route.redirect.is_none() && route.respond.is_none()
}

/// How often a request is sent at the most.
pub fn tries(route: &Route) -> u64 {
    if !forwards(route) {
        return 0;
    }
    1 + route.retries.as_ref().map_or(2, |it| u64::from(it.attempts.value))
}

fn table(profile: &Profile) -> Option<String> {
    let mut rows = Vec::new();
    for service in profile.service_refs() {
        for (place, (name, route)) in service.service.routes.iter().enumerate() {
            rows.push(vec![
                code(service.name()),
                (place + 1).to_string(),
                code(name),
                requests(route.r#match.as_ref()),
                outcome(service, route),
                route.timeout.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string),
                retries(route),
            ]);
        }
    }
    table_of(&["Service", "#", "Route", "Requests", "What happens", "Timeout", "Retries"], &rows)
}

/// What happens to the requests of a route, all of it.
pub fn outcome(service: ServiceRef<'_>, route: &Route) -> String {
    let mut parts = Vec::new();
    if !route.split.is_empty() {
        parts.push(shares(route));
    } else if forwards(route) {
        // Under an engine: only such services have routes without shares.
        parts.push("the versions that the engine serves".to_owned());
    }
    if let Some(it) = &route.redirect {
        let code_of = it.code.map_or(301, |it| it.value);
        let to = [&it.scheme, &it.authority, &it.uri].into_iter().flatten().map(|it| code(it));
        parts.push(
            format!("redirected ({code_of}) {}", to.collect::<Vec<_>>().join(" ")).trim_end().to_owned(),
        );
    }
    parts.extend(route.respond.as_ref().map(|it| format!("the proxy answers {}", it.status)));
    parts.extend(route.fault.as_deref().into_iter().flat_map(faults));
    parts.extend(route.mirror.as_deref().map(|it| mirror(service, it)));
    parts.extend(route.rewrite.as_ref().map(|_| "path or host rewritten".to_owned()));
    parts.extend(route.headers.as_ref().map(|_| "headers changed".to_owned()));
    parts.extend(route.cors.as_ref().map(|_| "CORS answered".to_owned()));
    parts.join("; ")
}

/// As `90 % v1, 10 % v2`; a version that stands by is named, too.
pub fn shares(route: &Route) -> String {
    let share = |(version, it): (&crate::source::Text, &crate::source::Spanned<crate::units::Weight>)| {
        format!("{} % {}", it.value, code(version))
    };
    route.split.iter().map(share).collect::<Vec<_>>().join(", ")
}

fn faults(fault: &crate::profile::traffic::Fault) -> Vec<String> {
    let part = |it: Option<Percent>| it.unwrap_or(Percent::ALL);
    let delay = fault
        .delay
        .as_ref()
        .map(|it| format!("{} % wait {}", part(it.percent.map(|it| it.value)), it.fixed_delay));
    let abort = fault.abort.as_ref().map(|it| {
        let status = it.http_status.map(|it| it.to_string());
        let status = status.or_else(|| it.grpc_status.as_ref().map(|it| code(it))).unwrap_or_default();
        format!("{} % fail with {status}", part(it.percent.map(|it| it.value)))
    });
    delay.into_iter().chain(abort).collect()
}

fn mirror(service: ServiceRef<'_>, mirror: &Mirror) -> String {
    let part = mirror.percent.map_or(Percent::ALL, |it| it.value);
    let other = mirror.service.as_ref().filter(|it| it.as_str() != service.id.as_str());
    let to = other.into_iter().chain(&mirror.version).map(|it| code(it)).collect::<Vec<_>>();
    format!("{part} % copied to {}", to.join(" "))
}

fn retries(route: &Route) -> String {
    match &route.retries {
        _ if !forwards(route) => "none".to_owned(),
        None => "2 more tries (Istio's default)".to_owned(),
        Some(Retries { attempts, .. }) if attempts.value == 0 => "none".to_owned(),
        Some(Retries { attempts, per_try_timeout, retry_on, .. }) => {
            let each = per_try_timeout.as_ref().map_or_else(String::new, |it| format!(" of {it}"));
            let on = if retry_on.is_empty() { String::new() } else { format!(" on {}", any_code(retry_on)) };
            format!("{attempts} more{each}{on}")
        }
    }
}
