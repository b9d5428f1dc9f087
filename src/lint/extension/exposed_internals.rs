//! An EnvoyFilter changes what Istio may change tomorrow.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6207",
    name: "exposed-internals",
    severity: Severity::Info,
    equivalents: &["VAL-EF", "IST0133"],
    why: "The configuration that istiod writes for Envoy differs from release to release: what is patched today may \
          not be there after an upgrade. Istio's webhook warns of every EnvoyFilter.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter #~
metadata: { name: shop, namespace: shop }
spec: { configPatches: [] }
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: shop, namespace: shop }
spec: { accessLogging: [{ providers: [{ name: envoy }] }] }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let span = filter.node.get("kind").map_or(filter.span(), |it| it.span);
    let finding = findings.at(span, format!("`{}` depends on what istiod writes for Envoy", filter.name));
    findings.push(finding.help("prefer an API of Istio's, and look at it before every upgrade"));
}
