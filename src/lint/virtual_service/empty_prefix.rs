//! The prefix that a value must begin with is not empty.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3024",
    name: "empty-prefix",
    severity: Severity::Error,
    equivalents: &["VAL-VS-13", "VAL-VS-14", "IST0106"],
    why: "Every value begins with nothing: Istio refuses the match, except of a path.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { x-user: { prefix: "" } } }] #~
    route: [{ destination: { host: reviews } }]
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { x-user: {} } }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].match[].headers{}.prefix"),
            (Sort::VirtualService, "spec.http[].match[].withoutHeaders{}.prefix"),
            (Sort::VirtualService, "spec.http[].match[].queryParams{}.prefix"),
            (Sort::VirtualService, "spec.http[].match[].scheme.prefix"),
            (Sort::VirtualService, "spec.http[].match[].method.prefix"),
            (Sort::VirtualService, "spec.http[].match[].authority.prefix"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if value.text().is_some_and(Str::is_empty) {
        let finding = findings.at(value.span, "every value begins with an empty prefix");
        findings.push(finding.help("write `{}` where any value will do, or say what it begins with"));
    }
}
