//! A service becomes a DestinationRule: one subset a version, and how callers treat them.

use std::borrow::Cow;

use crate::kube::pairs::Pairs;
use crate::kube::traffic::destination_rule::{
    ConnectionPool, ConsistentHash, Cookie, DestinationRuleSpec, Distribute, Failover, HttpPool,
    LoadBalancer, LocalitySetting, OutlierDetection, Subset, TcpPool, TrafficPolicy, Warmup,
};
use crate::kube::wave;
use crate::kube::{DestinationRule, Labels, Manifest, made};
use crate::lower::Context;
use crate::lower::rollout::steering::{CANARY, STABLE};
use crate::profile::balance::{self, Balance};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::source::{Spanned, Str, Text};
use crate::units::Weight;
use crate::yaml::Named;

/// Every version has its subset, also one that no route names: the subset must be there before the first that does,
/// and stay after the last. Under Argo Rollouts there are two of all pods, which it tells apart by a label of its own.
pub fn destination_rule(cx: &Context<'_>, service: ServiceRef<'_>) -> Manifest {
    let name = service.name();
    let subset =
        |name: Text, key, value: Str| Subset { name, labels: Labels::of([(Cow::Borrowed(key), value)]) };
    let subsets = if service.engine() == Some(Engine::ArgoRollouts) {
        let pods = |it| subset(made(it), "app", name.value.clone());
        [STABLE, CANARY].map(pods).into()
    } else {
        let versions = service.service.versions.iter();
        versions.map(|(it, _)| subset(it.clone(), "version", it.value.clone())).collect()
    };
    let release = cx.profile.mesh.istio.value;
    let object = DestinationRule {
        metadata: cx.metadata(name.clone(), service.namespace(), cx.labels(name)),
        spec: DestinationRuleSpec {
            host: cx.host(service),
            export_to: service.service.export_to.iter().cloned().collect(),
            // Istio knows `warmup` since 1.24 and only `warmupDurationSecs` before.
            traffic_policy: traffic_policy(service, (release.major, release.minor) >= (1, 24)),
            subsets,
        },
    };
    cx.networking(wave::BEFORE_PODS, object)
}

/// How callers treat the pods; `new_warmup` tells which of two spellings whoever reads it knows.
pub fn traffic_policy(service: ServiceRef<'_>, new_warmup: bool) -> TrafficPolicy {
    let breaker = service.service.circuit_breaker.as_deref();
    TrafficPolicy {
        load_balancer: load_balancer(&service.service.load_balancer, new_warmup),
        connection_pool: breaker.and_then(|it| it.connection_pool.as_ref()).and_then(connection_pool),
        outlier_detection: breaker.and_then(|it| it.outlier_detection.as_ref()).map(outlier_detection),
    }
}

/// Istio takes one of the two ways. A hash is what somebody asked for; the rule beside it may be an inherited default.
fn load_balancer(from: &balance::LoadBalancer, new_warmup: bool) -> Option<LoadBalancer> {
    let balance::LoadBalancer { simple, consistent_hash, warmup, locality } = from;
    if simple.is_none() && consistent_hash.is_none() && warmup.is_none() && locality.is_none() {
        return None;
    }
    let (warmup, warmup_duration_secs) = match warmup.clone() {
        Some(duration) if new_warmup => (Some(Warmup { duration }), None),
        other => (None, other),
    };
    Some(LoadBalancer {
        simple: simple.as_ref().filter(|_| consistent_hash.is_none()).map(|it| it.with(word(it.value))),
        consistent_hash: consistent_hash.as_ref().map(|it| Box::new(hash(it))),
        warmup,
        warmup_duration_secs,
        locality_lb_setting: locality.as_ref().map(|it| Box::new(places(it))),
    })
}

fn places(from: &balance::Locality) -> LocalitySetting {
    let balance::Locality { failover, failover_priority, distribute } = from;
    let share = |(place, share): (&Text, &Spanned<Weight>)| (place.clone(), *share);
    let way = |(from, to): (&Text, &Named<Spanned<Weight>>)| Distribute {
        from: from.clone(),
        to: Pairs(to.iter().map(share).collect()),
    };
    LocalitySetting {
        distribute: distribute.iter().map(way).collect(),
        failover: failover.iter().map(|(from, to)| Failover { from: from.clone(), to: to.clone() }).collect(),
        failover_priority: failover_priority.iter().cloned().collect(),
    }
}

fn word(balance: Balance) -> &'static str {
    match balance {
        Balance::LeastRequest => "LEAST_REQUEST",
        Balance::RoundRobin => "ROUND_ROBIN",
        Balance::Random => "RANDOM",
        Balance::Passthrough => "PASSTHROUGH",
    }
}

fn hash(from: &balance::ConsistentHash) -> ConsistentHash {
    let balance::ConsistentHash { http_header_name, http_cookie, use_source_ip, http_query_parameter_name } =
        from;
    ConsistentHash {
        http_header_name: http_header_name.clone(),
        http_cookie: http_cookie.as_ref().map(cookie),
        use_source_ip: *use_source_ip,
        http_query_parameter_name: http_query_parameter_name.clone(),
    }
}

fn cookie(from: &balance::Cookie) -> Cookie {
    let balance::Cookie { name, path, ttl } = from;
    let ttl: Text = ttl.as_ref().map_or_else(|| made("0s"), |it| it.with(ecow::eco_format!("{it}")));
    Cookie { name: name.clone(), path: path.clone(), ttl }
}

/// A block that says nothing is left out: Istio refuses it.
fn connection_pool(from: &balance::ConnectionPool) -> Option<Box<ConnectionPool>> {
    let balance::ConnectionPool {
        max_connections,
        connect_timeout,
        max_connection_duration,
        http1_max_pending_requests,
        http2_max_requests,
        max_requests_per_connection,
        max_retries,
        idle_timeout,
    } = from;
    let tcp = TcpPool {
        max_connections: *max_connections,
        connect_timeout: connect_timeout.clone(),
        max_connection_duration: max_connection_duration.clone(),
    };
    let http = HttpPool {
        http1_max_pending_requests: *http1_max_pending_requests,
        http2_max_requests: *http2_max_requests,
        max_requests_per_connection: *max_requests_per_connection,
        max_retries: *max_retries,
        idle_timeout: idle_timeout.clone(),
    };
    let of_tcp = max_connections.is_some() || connect_timeout.is_some() || max_connection_duration.is_some();
    let counters = [http1_max_pending_requests, http2_max_requests, max_requests_per_connection, max_retries];
    let of_http = idle_timeout.is_some() || counters.iter().any(|it| it.is_some());
    let pool = ConnectionPool { tcp: of_tcp.then_some(tcp), http: of_http.then_some(http) };
    (of_tcp || of_http).then(|| Box::new(pool))
}

fn outlier_detection(from: &balance::OutlierDetection) -> Box<OutlierDetection> {
    let balance::OutlierDetection {
        consecutive5xx_errors,
        consecutive_gateway_errors,
        interval,
        base_ejection_time,
        max_ejection_percent,
        min_health_percent,
    } = from;
    Box::new(OutlierDetection {
        consecutive_5xx_errors: *consecutive5xx_errors,
        consecutive_gateway_errors: *consecutive_gateway_errors,
        interval: interval.clone(),
        base_ejection_time: base_ejection_time.clone(),
        max_ejection_percent: *max_ejection_percent,
        min_health_percent: *min_health_percent,
    })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn rule(service: &str) -> String {
        object(
            &format!(
                "services: {{ a: {{ versions: {{ v1: {{}}, v2: {{}} }}, routes: {{ all: {{ split: {{ v1: 100 }} }} }}, {service} }} }}"
            ),
            "DestinationRule",
            "a",
        )
    }

    #[test]
    fn every_version_has_a_subset_also_one_without_a_share() {
        let text = rule("mtls: strict");
        let wanted = "spec:
  host: a.demo.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      simple: LEAST_REQUEST
  subsets:
  - name: v1
    labels:
      version: v1
  - name: v2
    labels:
      version: v2
";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn a_hash_takes_the_place_of_the_inherited_rule() {
        let text = rule("loadBalancer: { consistentHash: { httpHeaderName: x-user } }");
        assert!(
            text.contains("    loadBalancer:\n      consistentHash:\n        httpHeaderName: x-user\n"),
            "{text}"
        );
        assert!(!text.contains("simple"), "{text}");
    }

    #[test]
    fn a_cookie_without_ttl_is_one_for_the_session() {
        let text = rule("loadBalancer: { consistentHash: { httpCookie: { name: sid } } }");
        assert!(text.contains("        httpCookie:\n          name: sid\n          ttl: 0s\n"), "{text}");
    }

    #[test]
    fn warmup_is_spelled_as_the_oldest_release_knows_it() {
        let warm = "services: { a: { versions: { v1: {} }, loadBalancer: { warmup: 30s } } }";
        let new = object(warm, "DestinationRule", "a");
        assert!(new.contains("      warmup:\n        duration: 30s\n"), "{new}");
        let old = object(&format!("mesh: {{ istio: '1.23' }}\n{warm}"), "DestinationRule", "a");
        assert!(old.contains("      warmupDurationSecs: 30s\n"), "{old}");
    }

    #[test]
    fn a_region_takes_over_for_another() {
        let text = rule(
            "loadBalancer: { locality: { failover: { us-east: us-west } } }, circuitBreaker: { outlierDetection: { \
             consecutive5xxErrors: 5 } }",
        );
        let wanted =
            "      localityLbSetting:\n        failover:\n        - from: us-east\n          to: us-west\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn a_rule_is_seen_where_the_service_is() {
        assert!(rule("exportTo: [., back]").contains("  exportTo:\n  - \".\"\n  - back\n"));
    }

    #[test]
    fn limits_of_connections_and_of_requests_stand_apart() {
        let text = rule("circuitBreaker: { connectionPool: { maxConnections: 9, maxRetries: 3 } }");
        let wanted = "    connectionPool:\n      tcp:\n        maxConnections: 9\n      http:\n        maxRetries: 3\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn a_pod_is_put_aside_by_istios_names() {
        let text =
            rule("circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: 30s } }");
        let wanted = "    outlierDetection:\n      consecutive5xxErrors: 5\n      baseEjectionTime: 30s\n";
        assert!(text.contains(wanted), "{text}");
    }
}
