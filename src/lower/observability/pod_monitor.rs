//! With `podMonitor: true` Prometheus scrapes the merged metrics of every proxy.
//!
//! They are on port 15020 of the agent, which mutual TLS does not guard, and no container declares that port: the
//! operator finds no target by its number. So the monitor finds the pod by a port that the sidecar does declare, and
//! asks another of the same address.

use crate::kube::observability::pod_monitor::{Endpoint, PodMonitor, PodMonitorSpec, Relabeling};
use crate::kube::wave;
use crate::kube::{LabelSelector, Labels, Manifest, made};
use crate::lower::Context;
use crate::lower::security::scope;
use crate::profile::Observability;

/// One for each namespace, so that it works for a Prometheus that ignores namespace selectors, too.
pub fn pod_monitors(cx: &Context<'_>, wanted: &Observability) -> Vec<Manifest> {
    if !wanted.pod_monitor.value {
        return Vec::new();
    }
    let of = |namespace| {
        let metadata = cx.metadata(made("proxies"), namespace, cx.watched_labels());
        let spec = PodMonitorSpec { selector: selector(cx), pod_metrics_endpoints: [endpoint()] };
        cx.core("monitoring.coreos.com/v1", wave::WATCH, PodMonitor { metadata, spec })
    };
    scope::namespaces(cx.profile).into_keys().map(of).collect()
}

/// What all our pods carry, callers included: breakers stand in the proxies of callers. It is not `app`, which a
/// progressive delivery gives its own values.
fn selector(cx: &Context<'_>) -> LabelSelector {
    const PART_OF: &str = "app.kubernetes.io/part-of";
    let part_of = cx.profile.namespace.value.clone();
    LabelSelector { match_labels: Labels::of([(PART_OF.into(), part_of)]) }
}

fn endpoint() -> Endpoint {
    let copy = |source, target_label| Relabeling {
        action: "replace",
        source_labels: [source],
        regex: None,
        replacement: None,
        target_label,
    };
    let agent = Relabeling {
        regex: Some(r"(.+):\d+"),
        replacement: Some("$1:15020"),
        ..copy("__address__", "__address__")
    };
    Endpoint {
        port: "http-envoy-prom",
        path: "/stats/prometheus",
        scheme: "http",
        interval: "15s",
        relabelings: vec![
            agent,
            copy("__meta_kubernetes_namespace", "namespace"),
            copy("__meta_kubernetes_pod_name", "pod"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const ON: &str = "observability: { podMonitor: true, labels: { release: monitoring } }
clients: { curl: { namespace: other } }
services: { a: { versions: { v1: { labels: { team: blue } } } } }
";

    #[test]
    fn the_agent_is_asked_at_the_address_of_the_proxy() {
        assert_eq!(object(ON, "PodMonitor", "proxies"), include_str!("../examples/pod_monitor.yaml"));
    }

    #[test]
    fn each_namespace_has_one() {
        assert_eq!(names(ON, "PodMonitor"), ["demo/proxies", "other/proxies"]);
    }

    #[test]
    fn every_pod_carries_what_the_monitor_selects_by() {
        for (kind, name) in [("Deployment", "a-v1"), ("Deployment", "curl")] {
            let text = object(ON, kind, name);
            let (_, template) = text.split_once("  template:").unwrap();
            assert!(template.contains("        app.kubernetes.io/part-of: demo\n"), "{text}");
        }
    }
}
