//! The modes of ports are given to ports.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::port;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG4002",
    name: "unusable-port-mode",
    severity: Severity::Error,
    equivalents: &["VAL-PA-02", "IST0106"],
    why: "`portLevelMtls` maps the numbers of ports to modes; Istio refuses it without a port, and any other key.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  portLevelMtls: { 0: { mode: STRICT } } #~
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  portLevelMtls: {} #~
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  portLevelMtls: { 8080: { mode: STRICT } }
",
    run: Run::Each(&[Sort::PeerAuthentication], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some(modes) = policy.spec().entry("portLevelMtls") else { return };
    // The API server takes away what is null.
    let is_empty = modes.value.entries().iter().all(|it| it.value.is_null());
    if matches!(modes.value.kind, Kind::Map(_)) && is_empty {
        let finding = findings.at(modes.key.span, "`portLevelMtls` has no port");
        findings.push(finding.help("leave it out, or give a port its mode"));
    }
    for entry in modes.value.entries() {
        // Zeros before it make it no number of JSON.
        let number = entry.key.parse::<i64>().ok().filter(|it| it.to_string() == entry.key.as_str());
        if number.is_some_and(|it| port(it).is_ok()) {
            continue;
        }
        let message = format!("`{}` in `portLevelMtls` is no port", entry.key);
        let help = "write the number of a port of the pods, from 1 to 65535";
        findings.push(findings.at(entry.key.span, message).help(help));
    }
}
