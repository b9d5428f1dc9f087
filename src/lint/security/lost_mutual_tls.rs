//! A DestinationRule repeats the TLS of a wider one that it hides.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::mtls::{self, Wide};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::{covers, fqdn};

pub static RULE: Rule = Rule {
    code: "MG4534",
    name: "lost-mutual-tls",
    severity: Severity::Warning,
    equivalents: &["KIA0204"],
    why: "Of several DestinationRules for a host only one counts, the most specific; without `tls` the mutual TLS \
          that a wider one asks for is lost, unless proxies choose it by themselves.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop } #~
spec: { host: hello, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } }
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec: { host: \"*.local\", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = &cluster.config.cluster_domain;
    let wide = Wide::of(cluster);
    let mutual: Vec<&Object> = wide.rules.iter().copied().filter(|it| is_wide_mutual(it, cluster)).collect();
    if mutual.is_empty() {
        return;
    }
    for rule in cluster.of(Sort::DestinationRule).filter(|it| !has_tls(it)) {
        let Some(host) = rule.spec().word("host").map(|it| fqdn(it, rule.namespace(), domain)) else {
            continue;
        };
        let outer = mutual.iter().find(|it| it.spec().word("host").is_some_and(|it| covers(it, &host)));
        if let Some(outer) = outer {
            let message =
                format!("`{}` says nothing of TLS, and hides `{}`, which does", rule.name, outer.name);
            let finding = findings.on(rule, rule.span(), message).related(outer.span(), "what it hides");
            findings.push(finding.help("write `tls: { mode: ISTIO_MUTUAL }` here, too"));
        }
    }
}

/// Whether it asks for mutual TLS in the mesh or in its own namespace.
fn is_wide_mutual(rule: &Object, cluster: &Cluster) -> bool {
    let own = mtls::host_of_namespace(rule.namespace(), cluster);
    mtls::tls_mode(rule) == "ISTIO_MUTUAL"
        && rule.spec().word("host").is_some_and(|it| it == mtls::HOST_OF_MESH || *it == own)
}

fn has_tls(rule: &Object) -> bool {
    let policy = rule.spec().get("trafficPolicy");
    policy.is_some_and(|it| it.has("tls") || it.list("portLevelSettings").iter().any(|it| it.has("tls")))
}
