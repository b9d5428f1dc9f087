//! A tag of a metric is set to a value, or removed without one.

use crate::diag::Severity;
use crate::kube::Sort::Telemetry;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG6003",
    name: "unusable-tag-override",
    severity: Severity::Error,
    equivalents: &["VAL-TM-01", "IST0106"],
    why: "UPSERT, which an override means where it says nothing else, sets a tag to a value; REMOVE takes it away. \
          Istio refuses the first without a value and the second with one.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: metrics, namespace: shop }
spec:
  metrics:
  - overrides:
    - tagOverrides:
        request_host: { operation: REMOVE, value: request.host } #~
        method: { operation: UPSERT } #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: metrics, namespace: shop }
spec:
  metrics:
  - overrides:
    - tagOverrides:
        request_host: { operation: REMOVE }
        method: { operation: UPSERT, value: request.method }
",
    run: Run::Values(&[(Telemetry, "spec.metrics[].overrides[].tagOverrides{}")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let operation = value.word("operation").map_or("UPSERT", |it| it.as_str());
    let has_value = value.word("value").is_some_and(|it| !it.is_empty());
    match operation {
        "UPSERT" if !has_value => {
            let span = value.get("operation").map_or(value.span, |it| it.span);
            let finding = findings.at(span, "a tag is to be set, and no `value` is given");
            findings.push(finding.help("give it a `value`, an expression such as `request.method`"));
        }
        "REMOVE" if has_value => {
            let span = value.entry("value").map_or(value.span, |it| it.key.span);
            let finding = findings.at(span, "a tag is to be removed, and has a `value`");
            findings.push(finding.help("take the `value` away, or write `operation: UPSERT`"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn an_override_that_says_nothing_sets_the_tag_to_nothing() {
        assert_says(
            &RULE,
            "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: a }
spec: { metrics: [{ overrides: [{ tagOverrides: { a: {}, b: { value: '' }, c: { value: d } } }] }] }
",
            &["a tag is to be set, and no `value` is given", "a tag is to be set, and no `value` is given"],
        );
    }
}
