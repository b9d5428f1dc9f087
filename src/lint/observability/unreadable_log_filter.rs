//! The filter of an access log is an expression of CEL.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::observability::cel;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG6006",
    name: "unreadable-log-filter",
    severity: Severity::Error,
    equivalents: &["VAL-TM-CEL", "IST0106"],
    why: "Envoy logs the requests for which the expression is true; Istio refuses one that cannot be read.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging:
  - providers: [{ name: envoy }]
    filter: { expression: response.code => 400 } #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging:
  - providers: [{ name: envoy }]
    filter: { expression: response.code >= 400 }
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for filter in telemetry.spec().list("accessLogging").iter().filter_map(|it| it.entry("filter")) {
        let expression = filter.value.get("expression");
        let text = expression.and_then(|it| it.text()).map_or("", Str::as_str);
        if let Err(reason) = cel::expression(text) {
            let span = expression.map_or(filter.key.span, |it| it.span);
            let finding = findings.at(span, format!("`{text}` is no expression of CEL: {reason}"));
            findings.push(finding.help("write an expression such as `response.code >= 400`"));
        }
    }
}
