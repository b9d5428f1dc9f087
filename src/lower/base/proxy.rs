//! What every injected proxy is told: annotations of the pod template.

use serde::Serialize;

use crate::kube::Labels;
use crate::lower::Context;
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
    };
    let config = yaml::print(&config);
    if config != "{}\n" {
        annotations.set("proxy.istio.io/config", config);
    }
    annotations
}
