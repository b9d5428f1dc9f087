//! A ServiceEntry is exported to namespaces that are there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::places;

pub static RULE: Rule = Rule {
    code: "MG3401",
    name: "entry-for-nobody",
    severity: Severity::Warning,
    equivalents: &["KIA0005"],
    why: "Nobody in a namespace that is not there will ever see the entry; a misspelt name hides it from those it was meant for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], exportTo: [shpo], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], exportTo: [shop], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(known) = places::known(cluster) else { return };
    for entry in cluster.of(Sort::ServiceEntry) {
        for place in entry.spec().list("exportTo") {
            let Some(text) = place.text().filter(|it| !["", ".", "*", "~"].contains(&it.as_str())) else {
                continue;
            };
            if !known.contains(text.as_str()) {
                let finding =
                    findings.on(entry, place.span, format!("these files have no namespace `{text}`"));
                findings.push(finding.suggest(text, known.iter().copied()));
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
        let text = "{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: a }, spec: { hosts: [a.b], exportTo: [b] } }";
        assert_silent(&RULE, text);
    }
}
