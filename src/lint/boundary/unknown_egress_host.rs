//! A Sidecar lets workloads see hosts that somebody declares.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3404",
    name: "unknown-egress-host",
    severity: Severity::Warning,
    equivalents: &["KIA1004"],
    why: "A host that no Service and no ServiceEntry declares adds nothing to what the proxy knows; a misspelt one is missing there.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [./review.shop.svc.cluster.local] }] } #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [./reviews.shop.svc.cluster.local] }] }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let populated: BTreeSet<&str> = cluster.of(Sort::Service).map(Object::namespace).collect();
    for sidecar in cluster.of(Sort::Sidecar) {
        sidecar.node.each_at("spec.egress[].hosts[]", &mut |place| {
            let Some((namespace, host)) = place.text().and_then(|it| it.split_once('/')) else { return };
            if namespace.starts_with('~') || host.starts_with('*') || host.is_empty() {
                return;
            }
            if cluster.knows_host(host, sidecar.namespace()) {
                return;
            }
            let mut finding =
                findings.on(sidecar, place.span, format!("no Service or ServiceEntry declares `{host}`"));
            // What the files do not describe may well be there: a namespace without Services, the world outside.
            let suffix = format!(".svc.{}", cluster.config.cluster_domain);
            let home = host.strip_suffix(&suffix).and_then(|it| it.split_once('.')).map(|it| it.1);
            let is_described = match home {
                Some(namespace) => populated.contains(namespace),
                None => cluster.of(Sort::ServiceEntry).next().is_some(),
            };
            if !is_described {
                finding.severity = Severity::Info;
                finding.message.push_str(" in these files");
            }
            findings.push(finding.help("mend the name, or declare the host with a ServiceEntry"));
        });
    }
}
