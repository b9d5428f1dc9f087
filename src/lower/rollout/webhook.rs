//! What Flagger's load tester is told to do: ask the new version once, then keep it busy.

use ecow::eco_format;

use crate::kube::made;
use crate::kube::pairs::Pairs;
use crate::kube::rollout::canary::Webhook;
use crate::profile::lookup::ServiceRef;
use crate::profile::service::{Protocol, ServicePort};
use crate::source::Text;

/// Where the load tester's image has the definition of gRPC's health service.
const HEALTH: &str = "--proto=/tmp/ghz/health.proto --call=grpc.health.v1.Health/Check";

/// The new pods are asked by their own Service, `NAME-canary`: at a weight of 10 % few of the users' requests reach
/// them, and without an answer a check fails. A smoke test needs a path that is known to answer, which is that of a
/// probe.
pub fn webhooks(service: ServiceRef<'_>, port: &ServicePort, tester: &Text, seconds: u64) -> Vec<Webhook> {
    let host = format!("{}-canary.{}:{}", service.name(), service.namespace(), port.number);
    let path = probed(service);
    let grpc = port.protocol.value == Protocol::Grpc;
    let ask = path.filter(|_| !grpc).map(|path| format!("curl -sf --max-time 10 {}", quoted(&host, path)));
    let load = if grpc {
        format!("ghz -z {seconds}s -q 10 -c 2 --insecure {HEALTH} {host}")
    } else {
        format!("hey -z {seconds}s -q 10 -c 2 {}", quoted(&host, path.map_or("/", |it| it.as_str())))
    };
    let smoke = ask.map(|it| Webhook {
        name: "smoke",
        r#type: "pre-rollout",
        url: tester.clone(),
        timeout: "30s",
        metadata: Pairs(vec![(made("type"), made("bash")), (made("cmd"), made(&it))]),
    });
    let load = Webhook {
        name: "load",
        r#type: "rollout",
        url: tester.clone(),
        timeout: "5s",
        metadata: Pairs(vec![(made("type"), made("cmd")), (made("cmd"), made(&load))]),
    };
    smoke.into_iter().chain([load]).collect()
}

/// The path that the kubelet asks for, unless it asks on another port.
fn probed(service: ServiceRef<'_>) -> Option<&Text> {
    let (_, version) = service.service.versions.iter().next()?;
    let probes = [&version.probes.readiness, &version.probes.startup, &version.probes.liveness];
    let get = probes.into_iter().flatten().find_map(|it| it.http_get.as_ref())?;
    get.port.is_none().then_some(&get.path)
}

/// The load tester hands the line to a shell: between single quotes nothing has a meaning but the quote itself.
fn quoted(host: &str, path: &str) -> String {
    eco_format!("'http://{host}{}'", path.replace('\'', "%27")).into()
}
