//! Traces go to a provider that later releases of Istio still know.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5312",
    name: "deprecated-provider",
    severity: Severity::Warning,
    equivalents: &["IST0002"],
    why: "Envoy has no tracer for Lightstep any more, which itself takes OpenTelemetry: the traces are lost.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: istio-system }
spec: { tracing: [{ providers: [{ name: lightstep }] }] } #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: istio-system }
spec: { tracing: [{ providers: [{ name: otel }] }] }
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    telemetry.node.each_at("spec.tracing[].providers[].name", &mut |name| {
        let Some(text) = name.text() else { return };
        // Without the configuration of the mesh its name is all there is to go by.
        let is_lightstep = match cluster.config.provider(text) {
            Some(it) => it.has("lightstep"),
            None => !cluster.config.is_given() && text == "lightstep",
        };
        if is_lightstep {
            let finding =
                findings.at(name.span, format!("the provider `{text}` is one of Lightstep's own protocol"));
            findings.push(finding.help("use a provider of OpenTelemetry"));
        }
    });
}
