//! The workloads of a group run as a ServiceAccount that is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3406",
    name: "unknown-group-account",
    severity: Severity::Warning,
    equivalents: &["KIA1701"],
    why: "A virtual machine gets its certificate for this ServiceAccount: without it, it cannot join the mesh.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: vm, namespace: shop }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: vms, namespace: shop }
spec: { template: { serviceAccount: vms, labels: { app: vm } } } #~
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: vm, namespace: shop }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: vms, namespace: shop }
spec: { template: { serviceAccount: vm, labels: { app: vm } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for group in cluster.of(Sort::WorkloadGroup) {
        let Some(template) = group.spec().get("template") else { continue };
        let Some(account) = template.said("serviceAccount") else { continue };
        let namespace = group.namespace();
        let is_known = account == "default" || cluster.is_declared(namespace, account);
        if is_known || cluster.named(Sort::ServiceAccount, namespace, account).is_some() {
            continue;
        }
        let message = format!("namespace `{namespace}` has no ServiceAccount `{account}`");
        let mut finding = findings.on(group, template.spot("serviceAccount"), message);
        if !cluster.of(Sort::ServiceAccount).any(|it| it.namespace() == namespace) {
            finding.severity = Severity::Info;
            finding.message.push_str(" in these files");
        }
        findings.push(finding.help("add the ServiceAccount, or name another"));
    }
}
