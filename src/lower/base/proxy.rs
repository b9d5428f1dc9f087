//! What every injected proxy is told: annotations of the pod template.

use serde::Serialize;

use crate::kube::Labels;
use crate::lower::Context;
use crate::metrics::BREAKERS;
use crate::profile::settings::{Injection, Proxy};
use crate::source::Spanned;
use crate::yaml;

/// The value of `proxy.istio.io/config`: one YAML text, whoever has something to say in it.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProxyConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    hold_application_until_proxy_starts: Option<Spanned<bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    concurrency: Option<Spanned<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy_stats_matcher: Option<StatsMatcher>,
}

/// What a proxy publishes besides what the mesh always wants of it. Envoy matches whole names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatsMatcher {
    inclusion_regexps: Vec<String>,
}

/// The annotations; none where no proxy is injected.
pub fn annotations(cx: &Context<'_>) -> Labels {
    let mut annotations = Labels::default();
    if cx.injection() == Injection::None {
        return annotations;
    }
    let Proxy { cpu, memory, cpu_limit, memory_limit, hold_application_until_proxy_starts, concurrency } =
        &cx.profile.mesh.proxy;
    let sizes = [
        ("sidecar.istio.io/proxyCPU", cpu),
        ("sidecar.istio.io/proxyMemory", memory),
        ("sidecar.istio.io/proxyCPULimit", cpu_limit),
        ("sidecar.istio.io/proxyMemoryLimit", memory_limit),
    ];
    for (key, size) in sizes {
        if let Some(size) = size {
            annotations.set(key, size.value.clone());
        }
    }
    let config = ProxyConfig {
        hold_application_until_proxy_starts: *hold_application_until_proxy_starts,
        concurrency: *concurrency,
        proxy_stats_matcher: breaker_stats(cx),
    };
    let config = yaml::print(&config);
    if config != "{}\n" {
        annotations.set("proxy.istio.io/config", config);
    }
    annotations
}

/// A breaker stands in the proxy of the caller, so every pod tells of those towards the services that it calls.
fn breaker_stats(cx: &Context<'_>) -> Option<StatsMatcher> {
    cx.profile.observability.as_ref().filter(|it| it.breaker_stats.value)?;
    let regexp = |(_, stat): &(_, &str)| format!(r"cluster\.outbound\|.*\.{}", stat.replace('.', r"\."));
    Some(StatsMatcher { inclusion_regexps: BREAKERS.iter().map(regexp).collect() })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    const STATS: &str = "observability: { breakerStats: true }\nclients: { curl: {} }\n";

    #[test]
    fn callers_publish_the_state_of_their_breakers() {
        let text = object(STATS, "Deployment", "curl");
        assert!(text.contains(r"- cluster\.outbound\|.*\.circuit_breakers\.default\.cx_open"), "{text}");
    }

    #[test]
    fn one_annotation_says_all_that_a_proxy_is_told() {
        let text = object(STATS, "Deployment", "curl");
        assert_eq!(text.matches("proxy.istio.io/config: |").count(), 1, "{text}");
        assert!(text.contains("holdApplicationUntilProxyStarts: true\n"), "{text}");
    }

    #[test]
    fn breakers_are_silent_unless_asked() {
        let text = object("clients: { curl: {} }", "Deployment", "curl");
        assert!(!text.contains("proxyStatsMatcher"), "{text}");
    }
}
