//! The policy of a port inherits nothing.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG3537",
    name: "forgotten-port-policy",
    severity: Severity::Warning,
    equivalents: &["MG-17"],
    why: "Where `portLevelSettings` speak of a port, what the policy around them says of TLS, pools, outliers or balancing is not used for it: Istio falls back to defaults.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy:
    tls: { mode: ISTIO_MUTUAL }
    portLevelSettings: [{ port: { number: 9080 }, loadBalancer: { simple: RANDOM } }] #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy:
    portLevelSettings: [{ port: { number: 9080 }, loadBalancer: { simple: RANDOM } }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

const PARTS: [&str; 4] = ["tls", "connectionPool", "outlierDetection", "loadBalancer"];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let of_subsets = object.spec().list("subsets").iter().filter_map(|it| it.get("trafficPolicy"));
    for policy in object.spec().get("trafficPolicy").into_iter().chain(of_subsets) {
        let said: Vec<&Entry> = PARTS.iter().filter_map(|it| policy.entry(it)).collect();
        for port in policy.list("portLevelSettings") {
            let lost: Vec<&&Entry> = said.iter().filter(|it| !port.has(&it.key)).collect();
            if let Some(first) = lost.first() {
                let names: Vec<String> = lost.iter().map(|it| format!("`{}`", it.key)).collect();
                let message = format!("this port does not inherit {}", names.join(", "));
                let finding = findings.at(port.span, message).related(first.key.span, "not for this port");
                findings.push(finding.help("say it here, too"));
            }
        }
    }
}
