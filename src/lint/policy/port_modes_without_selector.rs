//! The modes of ports belong to chosen workloads.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4001",
    name: "port-modes-without-selector",
    severity: Severity::Error,
    equivalents: &["VAL-PA-01", "IST0106"],
    why: "Ports differ from workload to workload: Istio refuses modes of ports in a PeerAuthentication that is for a \
          whole namespace or mesh.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: shop, namespace: shop }
spec:
  mtls: { mode: STRICT }
  portLevelMtls: { 9090: { mode: PERMISSIVE } } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  mtls: { mode: STRICT }
  portLevelMtls: { 9090: { mode: PERMISSIVE } }
",
    run: Run::Each(&[Sort::PeerAuthentication], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = policy.spec();
    let selects = spec.get("selector").is_some_and(|it| !it.pairs("matchLabels").is_empty());
    if selects || spec.pairs("portLevelMtls").is_empty() {
        return;
    }
    let Some(modes) = spec.entry("portLevelMtls") else { return };
    let message = "`portLevelMtls` stands in a PeerAuthentication that selects no workload";
    findings
        .push(findings.at(modes.key.span, message).help("choose the workloads with `selector.matchLabels`"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn a_selector_without_labels_selects_nothing() {
        let policy = |selector: &str| {
            format!(
                "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{ name: a }}\n\
                 spec: {{ selector: {selector}, portLevelMtls: {{ 80: {{ mode: STRICT }} }} }}\n"
            )
        };
        let says = "`portLevelMtls` stands in a PeerAuthentication that selects no workload";
        assert_says(&RULE, &policy("{}"), &[says]);
        assert_says(&RULE, &policy("{ matchLabels: {} }"), &[says]);
        assert_silent(&RULE, &policy("{ matchLabels: { a: b } }"));
    }
}
