//! A namespace has one Telemetry that is for all of it.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6012",
    name: "second-telemetry",
    severity: Severity::Error,
    equivalents: &["IST0160", "MG-36"],
    why: "Istio reads one Telemetry without selector in a namespace, the oldest; what others say is lost.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop } #~
spec: { accessLogging: [{ providers: [{ name: envoy }] }] }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop } #~
spec: { tracing: [{ randomSamplingPercentage: 10 }] }
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: all, namespace: shop }
spec:
  accessLogging: [{ providers: [{ name: envoy }] }]
  tracing: [{ randomSamplingPercentage: 10 }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut of_namespace: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
    for telemetry in cluster.of(Sort::Telemetry).filter(|it| !it.spec().has("selector")) {
        of_namespace.entry(telemetry.namespace()).or_default().push(telemetry);
    }
    for (namespace, all) in of_namespace.into_iter().filter(|it| it.1.len() > 1) {
        for telemetry in &all {
            let other = if telemetry.id == all[0].id { all[1] } else { all[0] };
            let message =
                format!("`{}` is one of {} Telemetries for all of `{namespace}`", telemetry.name, all.len());
            let finding = findings.on(telemetry, telemetry.span(), message);
            let finding = finding.related(other.span(), "another");
            findings.push(finding.help("make them one, or give all but one a `selector`"));
        }
    }
}
