//! `exportTo` names each namespace once, or all of them, or the own one.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::{Verdict, host};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG3096",
    name: "contradictory-export-to",
    severity: Severity::Error,
    equivalents: &["VAL-EXP", "IST0106"],
    why: "Istio refuses lists that contradict themselves: a namespace twice, `*` beside others, and names that no namespace has.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: ["*", shop] } #~
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: [".", bank] }
"#,
    run: Run::Each(&[Sort::VirtualService, Sort::DestinationRule, Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let list = object.spec().list("exportTo");
    let own = object.written_namespace.as_ref().map_or("", |it| it.as_str());
    // As Istio reads them: `.` is the own namespace, and what is none does not count.
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for node in list {
        let Some(text) = node.text() else { continue };
        let key = if text == "." { own } else { text.as_str() };
        let verdict = if object.is(Sort::ServiceEntry) && text == "~" { Ok(()) } else { judge(key, own) };
        if let Some(before) = known.get(key) {
            let message = format!("`{text}` is the namespace `{key}`, which stands here already");
            let finding = findings.at(node.span, message).related(*before, "the first");
            findings.push(finding.help("take one of them away"));
        } else if let Err(reason) = verdict {
            let message = format!("`{text}` is no namespace to export to: {reason}");
            findings.push(findings.at(node.span, message).help("write `*`, `.` or the name of a namespace"));
        } else {
            known.insert(key, node.span);
        }
    }
    for (key, what) in [("*", "every namespace"), ("~", "no namespace")] {
        if let Some(span) = known.get(key).filter(|_| list.len() > 1) {
            let message = format!("`{key}` is {what}, and others stand beside it");
            findings.push(findings.at(*span, message).help("keep it alone, or take it away"));
        }
    }
}

/// Source: `Instance.Validate` of `pkg/config/visibility`.
fn judge(text: &str, own: &str) -> Verdict {
    if text == "*" || (text.is_empty() && own.is_empty()) { Ok(()) } else { host::dns_label(text) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    fn text(kind: &str, rest: &str) -> String {
        format!(
            "
apiVersion: networking.istio.io/v1
kind: {kind}
metadata: {{ name: a, namespace: shop }}
spec: {rest}
"
        )
    }

    #[test]
    fn the_own_namespace_stands_once() {
        let said = ["`shop` is the namespace `shop`, which stands here already"];
        assert_says(&RULE, &text("VirtualService", "{ exportTo: [., shop] }"), &said);
    }

    #[test]
    fn only_a_service_entry_is_for_nobody() {
        assert_silent(&RULE, &text("ServiceEntry", "{ exportTo: [\"~\"] }"));
        let reason = "it takes letters, digits and `-`, and begins and ends with a letter or digit";
        let said = format!("`~` is no namespace to export to: {reason}");
        assert_says(&RULE, &text("VirtualService", "{ exportTo: [\"~\"] }"), &[&said]);
    }
}
