//! A namespace has one Telemetry that is for all of it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

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
    for contest in cluster.contested_namespaces(Sort::Telemetry, |it| !it.spec().has("selector")) {
        for telemetry in &contest.rivals {
            let (count, namespace) = (contest.rivals.len(), contest.prize);
            let message =
                format!("`{}` is one of {count} Telemetries for all of `{namespace}`", telemetry.name);
            let finding = findings.on(telemetry, telemetry.span(), message);
            let finding = finding.related(contest.other(telemetry).span(), "another");
            findings.push(finding.help("make them one, or give all but one a `selector`"));
        }
    }
}
