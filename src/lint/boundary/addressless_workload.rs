//! A workload of another network has an address, or its network has a gateway.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3352",
    name: "addressless-workload",
    severity: Severity::Warning,
    equivalents: &["VAL-WE/WG", "IST0133"],
    why: "Without an address, the workload is reached by the gateway of its network only.",
    bad: "
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop }
spec: { network: west, labels: { app: vm } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop }
spec: { network: west, address: 10.0.0.1, labels: { app: vm } }
",
    run: Run::Each(&[Sort::WorkloadEntry, Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if object.is(Sort::WorkloadEntry) {
        judge(object.spec(), findings);
    } else if object.spec().word("resolution").is_some_and(|it| it == "STATIC") {
        object.spec().list("endpoints").iter().for_each(|it| judge(it, findings));
    }
}

fn judge(workload: &Node, findings: &mut Findings<'_>) {
    if let Some(network) = workload.said("network").filter(|_| workload.said("address").is_none()) {
        let finding = findings.at(workload.spot("network"), format!("no address in network `{network}`"));
        findings.push(finding.help("add `address`, unless the network has a gateway"));
    }
}
