//! Clients and servers of a Service agree on mutual TLS.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::Workload;
use crate::mesh::authentication::Mode;
use crate::mesh::host::fqdn;
use crate::source::{Span, Str};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4570",
    name: "refused-tls",
    severity: Severity::Error,
    equivalents: &["MG-18"],
    why: "A DestinationRule that sends plain text to workloads that take nothing but mutual TLS, or mutual TLS to \
          those that take none, breaks every call.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello, trafficPolicy: { tls: { mode: DISABLE } } } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for rule in cluster.of(Sort::DestinationRule) {
        let Some(host) = rule.spec().word("host") else { continue };
        let host = fqdn(host, rule.namespace(), &cluster.config.cluster_domain);
        for service in cluster.declaring(&host, rule.namespace()).filter(|it| it.is(Sort::Service)) {
            for port in service.spec().list("ports") {
                if let Some((span, mode)) = sent(rule, port) {
                    judge((cluster, rule, service), port, (span, mode), findings);
                }
            }
        }
    }
}

/// The mode of TLS that the rule asks of clients for a port, and where it says so.
fn sent<'m>(rule: &'m Object, port: &Node) -> Option<(Span, &'m str)> {
    let policy = rule.spec().get("trafficPolicy")?;
    let number = port.whole("port")?;
    let is_own = |it: &&Node| it.get("port").and_then(|it| it.whole("number")) == Some(number);
    let own = policy.list("portLevelSettings").iter().find(is_own).and_then(|it| it.entry("tls"));
    let tls = &own.or_else(|| policy.entry("tls"))?.value;
    let mode = tls.entry("mode").map_or("DISABLE", |it| it.value.text().map_or("", Str::as_str));
    Some((tls.get("mode").map_or(tls.span, |it| it.span), mode))
}

fn judge(
    (cluster, rule, service): (&Cluster, &Object, &Object),
    port: &Node,
    (span, mode): (Span, &str),
    findings: &mut Findings<'_>,
) {
    let refuses = |it: &Workload<'_>| {
        let taken = cluster.mode_at(*it, it.target_of(port)).0;
        it.is_in_mesh(cluster)
            && ((mode == "DISABLE" && taken == Mode::Strict)
                || (mode == "ISTIO_MUTUAL" && taken == Mode::Disable))
    };
    let Some(workload) = cluster.behind(service).find(refuses) else { return };
    let (_, policy) = cluster.mode_at(workload, workload.target_of(port));
    let (object, number) = (workload.object, port.whole("port").unwrap_or_default());
    let what = if mode == "DISABLE" { "nothing but mutual TLS" } else { "plain text only" };
    let message = format!("clients send `{mode}` to port {number}, and `{}` takes {what}", object.name);
    let finding = findings.on(rule, span, message);
    let finding = finding.related(policy.map_or(Span::NONE, Object::span), "what says so");
    findings.push(finding.help("leave `tls` out: proxies choose what the other side takes"));
}
