//! Filters are looked for by the names that they have now.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::{Patch, patches};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG6206",
    name: "former-filter-name",
    severity: Severity::Warning,
    equivalents: &["VAL-EF", "IST0133"],
    why: "Envoy has renamed its filters; istiod writes the new names and translates the old ones for the time being.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    match:
      listener:
        filterChain:
          filter:
            name: envoy.filters.network.http_connection_manager
            subFilter: { name: envoy.router } #~
    patch: { operation: REMOVE }
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    match:
      listener:
        filterChain:
          filter:
            name: envoy.filters.network.http_connection_manager
            subFilter: { name: envoy.filters.http.router }
    patch: { operation: REMOVE }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

/// Each former name, and the present one. Source: `pkg/config/xds/deprecated.go`.
const FORMER: [(&str, &str); 27] = [
    ("envoy.buffer", "envoy.filters.http.buffer"),
    ("envoy.cors", "envoy.filters.http.cors"),
    ("envoy.csrf", "envoy.filters.http.csrf"),
    ("envoy.http_dynamo_filter", "envoy.filters.http.dynamo"),
    ("envoy.ext_authz", "envoy.filters.http.ext_authz"),
    ("envoy.fault", "envoy.filters.http.fault"),
    ("envoy.grpc_http1_bridge", "envoy.filters.http.grpc_http1_bridge"),
    ("envoy.grpc_json_transcoder", "envoy.filters.http.grpc_json_transcoder"),
    ("envoy.grpc_web", "envoy.filters.http.grpc_web"),
    ("envoy.gzip", "envoy.filters.http.gzip"),
    ("envoy.health_check", "envoy.filters.http.health_check"),
    ("envoy.ip_tagging", "envoy.filters.http.ip_tagging"),
    ("envoy.lua", "envoy.filters.http.lua"),
    ("envoy.rate_limit", "envoy.filters.http.ratelimit"),
    ("envoy.router", "envoy.filters.http.router"),
    ("envoy.squash", "envoy.filters.http.squash"),
    ("envoy.listener.http_inspector", "envoy.filters.listener.http_inspector"),
    ("envoy.listener.original_dst", "envoy.filters.listener.original_dst"),
    ("envoy.listener.original_src", "envoy.filters.listener.original_src"),
    ("envoy.listener.proxy_protocol", "envoy.filters.listener.proxy_protocol"),
    ("envoy.listener.tls_inspector", "envoy.filters.listener.tls_inspector"),
    ("envoy.client_ssl_auth", "envoy.filters.network.client_ssl_auth"),
    ("envoy.http_connection_manager", "envoy.filters.network.http_connection_manager"),
    ("envoy.mongo_proxy", "envoy.filters.network.mongo_proxy"),
    ("envoy.ratelimit", "envoy.filters.network.ratelimit"),
    ("envoy.redis_proxy", "envoy.filters.network.redis_proxy"),
    ("envoy.tcp_proxy", "envoy.filters.network.tcp_proxy"),
];

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let of_listeners = ["LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"];
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        if of_listeners.contains(&patch.apply_to) {
            judge(patch, findings);
        }
    }
}

fn judge(patch: Patch<'_>, findings: &mut Findings<'_>) {
    let Some(filter) = patch.filter() else { return };
    let inner = filter.get("subFilter");
    for name in [Some(filter), inner].into_iter().flatten().filter_map(|it| it.get("name")) {
        if let Some(now) = present(name) {
            let message = format!("`{}` is called `{now}` now", name.text().map_or("", |it| it.as_str()));
            let mut finding = findings.at(name.span, message);
            finding.fix = Some(now.to_owned());
            findings.push(finding.help(format!("write `{now}`")));
        }
    }
}

fn present(name: &Node) -> Option<&'static str> {
    let name = name.text()?;
    FORMER.iter().find(|it| it.0 == name).map(|it| it.1)
}
