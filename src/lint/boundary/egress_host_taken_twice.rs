//! No host of an egress listener is there twice or covered by another.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "MG3313",
    name: "egress-host-taken-twice",
    severity: Severity::Warning,
    equivalents: &["VAL-SC-04", "IST0133"],
    why: "The second says nothing: beside all hosts of a namespace, or of all namespaces, single ones are selected already.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [./*, ./reviews.shop.svc.cluster.local] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [./reviews.shop.svc.cluster.local] }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for listener in object.spec().list("egress") {
        let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for host in listener.list("hosts") {
            let Some((namespace, name)) = host.text().and_then(|it| it.split_once('/')) else { continue };
            if namespace.starts_with('~') {
                continue;
            }
            let namespace = if namespace == "." { object.namespace() } else { namespace };
            let names = seen.entry(namespace).or_default();
            let is_covered =
                if name == "*" { !names.is_empty() } else { names.contains(name) || names.contains("*") };
            names.insert(name);
            if is_covered {
                let finding =
                    findings.at(host.span, "other hosts of the listener cover this one, or it covers them");
                findings.push(finding.help("keep the wider one"));
            }
        }
        let selects_all = seen.get("*").is_some_and(|it| it.contains("*"));
        if selects_all && seen.len() > 1 {
            let finding =
                findings.at(listener.spot("hosts"), "`*/*` selects every host, the others say nothing");
            findings.push(finding.help("keep `*/*`, or take it away"));
        }
    }
}
