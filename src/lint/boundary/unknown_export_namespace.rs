//! What is exported to a namespace is exported to one that is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::places;

pub static RULE: Rule = Rule {
    code: "MG3401",
    name: "unknown-export-namespace",
    severity: Severity::Warning,
    equivalents: &["KIA0005"],
    why: "Nobody in a namespace that is not there will ever see the object; a misspelt name hides it from those it was meant for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: [shpo] } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: [shop] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(known) = places::known(cluster) else { return };
    for sort in [Sort::VirtualService, Sort::DestinationRule, Sort::ServiceEntry] {
        for object in cluster.of(sort) {
            for place in object.spec().list("exportTo") {
                let Some(text) = place.text().filter(|it| !["", ".", "*", "~"].contains(&it.as_str())) else {
                    continue;
                };
                if !known.contains(text.as_str()) {
                    let message = format!("these files have no namespace `{text}`");
                    let finding = findings.on(object, place.span, message);
                    findings.push(finding.suggest(text, known.iter().copied()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_silent;

    #[test]
    fn files_without_namespaces_do_not_say_which_there_are() {
        let text = "{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: a }, spec: { host: a, exportTo: [b] } }";
        assert_silent(&RULE, text);
    }
}
