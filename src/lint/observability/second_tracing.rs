//! Traces go one way.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6005",
    name: "second-tracing",
    severity: Severity::Warning,
    equivalents: &["VAL-TM-02", "IST0133"],
    why: "Istio takes one entry of `tracing` with one provider; of others nothing is heard.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - randomSamplingPercentage: 10
    providers:
    - name: zipkin
    - name: otel #~
  - randomSamplingPercentage: 20 #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - randomSamplingPercentage: 10
    providers:
    - name: zipkin
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let tracing = telemetry.spec().list("tracing");
    let entries = tracing.get(1).map(|second| (&tracing[0], second, "entry of `tracing`"));
    let lists = tracing.iter().map(|it| it.list("providers"));
    let providers = lists.filter_map(|it| Some((it.first()?, it.get(1)?, "provider of traces")));
    for (first, second, what) in entries.into_iter().chain(providers) {
        let finding = findings.at(second.span, format!("this is the second {what}"));
        findings.push(finding.related(first.span, "the one that counts").help("keep one"));
    }
}
