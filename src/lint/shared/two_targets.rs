//! A policy is attached in one way: by a selector, or by references to what it is for.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG3092",
    name: "targets-beside-selector",
    severity: Severity::Error,
    equivalents: &["VAL-TREF1", "IST0106"],
    why: "Istio refuses to guess which of them counts.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews } }
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reviews, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
",
    run: Run::Each(
        &[
            Sort::AuthorizationPolicy,
            Sort::RequestAuthentication,
            Sort::Telemetry,
            Sort::WasmPlugin,
            Sort::TrafficExtension,
        ],
        run,
    ),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let present =
        |key: &&str| spec.entry(key).filter(|it| *key != "targetRefs" || !it.value.items().is_empty());
    let entries: Vec<&Entry> = ["selector", "targetRef", "targetRefs"].iter().filter_map(present).collect();
    if let [first, .., last] = entries[..] {
        let message = format!("a policy has `{}` or `{}`, not both", first.key, last.key);
        let finding = findings.at(last.key.span, message).related(first.key.span, "the other");
        findings.push(finding.help("keep the one that is meant"));
    }
}
