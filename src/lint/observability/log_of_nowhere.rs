//! An access log goes somewhere.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::{Kind, Node};

pub static RULE: Rule = Rule {
    code: "MG6010",
    name: "log-of-nowhere",
    severity: Severity::Warning,
    equivalents: &["IST0157", "MG-36"],
    why: "An entry of `accessLogging` without providers takes those of `defaultProviders` of the mesh configuration; by \
          default there are none, and nothing is logged.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging:
  - disabled: false #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging:
  - providers: [{ name: envoy }]
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let config = &cluster.config;
    let defaults = config.node.at(&["defaultProviders", "accessLogging"]).map_or(&[][..], Node::items);
    if !defaults.is_empty() {
        return;
    }
    for log in telemetry.spec().list("accessLogging") {
        if log.flag("disabled") == Some(true) || !log.list("providers").is_empty() {
            continue;
        }
        let span = match &log.kind {
            Kind::Map(entries) => entries.first().map_or(log.span, |it| it.key.span),
            _ => log.span,
        };
        let mut finding = findings.at(span, "this access log has no provider, and the mesh no default one");
        if !config.is_given() {
            // The mesh that this goes to may have one.
            finding = findings.at(span, "this access log has no provider, and by default a mesh has none");
            finding.severity = Severity::Info;
        }
        findings.push(finding.help("name one, as `providers: [{ name: envoy }]`"));
    }
}
