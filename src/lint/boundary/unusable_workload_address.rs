//! The address of a workload is one of IP, a host name, or a socket.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address::ip;
use crate::lint::words::host::fqdn;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3351",
    name: "unusable-workload-address",
    severity: Severity::Error,
    equivalents: &["VAL-WE/WG", "IST0106"],
    why: "Istio refuses any other address.",
    bad: "
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop }
spec: { address: \"10.0.0.1:8080\", labels: { app: vm } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop }
spec: { address: 10.0.0.1, ports: { http: 8080 }, labels: { app: vm } }
",
    run: Run::Values(&[(Sort::WorkloadEntry, "spec")], run),
};

fn run(workload: &Node, findings: &mut Findings<'_>) {
    let Some(address) = workload.get("address").filter(|it| !it.is_null()) else { return };
    let Some(text) = address.text() else { return };
    let verdict = match text.strip_prefix(socket::UNIX) {
        Some(path) => socket::unix_path(path),
        // A place in another network will do.
        None if text.is_empty() && workload.said("network").is_some() => return,
        None => fqdn(text).or_else(|reason| ip(text).map_err(|_| reason)),
    };
    if let Err(reason) = verdict {
        let finding = findings.at(address.span, format!("`{text}` is no address: {reason}"));
        findings.push(finding.help("write an IP address or a host name; ports stand in `ports`"));
    }
}
