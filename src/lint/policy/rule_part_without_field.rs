//! A source and an operation say something.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4013",
    name: "rule-part-without-field",
    severity: Severity::Error,
    equivalents: &["VAL-AP-03", "IST0106"],
    why: "An empty `source` or `operation` would match everything, which is not what a list of some says: Istio refuses \
          it, and items of `from` and `to` that have none.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: {} #~
    to:
    - operation: { methods: [] } #~
    - {} #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { namespaces: [web] }
    to:
    - operation: { methods: [GET] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for rule in walk::rules(policy) {
        for (list, part, fields) in
            [("from", "source", &walk::SOURCE[..]), ("to", "operation", &walk::OPERATION[..])]
        {
            let here = rule.entry(list).map_or(Span::NONE, |it| it.key.span);
            for item in rule.list(list) {
                judge(item, (list, part, fields), here, findings);
            }
        }
    }
}

fn judge(item: &Node, (list, part, fields): (&str, &str, &[&str]), here: Span, findings: &mut Findings<'_>) {
    let help = format!("leave `{list}` out if it does not matter");
    match item.entry(part) {
        None => {
            let span = if item.span.is_some() { item.span } else { here };
            findings.push(findings.at(span, format!("an item of `{list}` has no `{part}`")).help(help));
        }
        Some(it) if !walk::says(&it.value, fields) => {
            findings.push(findings.at(it.key.span, format!("`{part}` has no condition")).help(help));
        }
        Some(_) => {}
    }
}
