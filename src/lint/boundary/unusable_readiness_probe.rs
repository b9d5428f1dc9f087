//! A probe of a group of workloads asks by HTTP, by TCP, or by a command.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::header::probe_header_name;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3353",
    name: "unusable-readiness-probe",
    severity: Severity::Error,
    equivalents: &["VAL-WE/WG", "IST0106"],
    why: "Istio refuses a probe without one of them, and `grpc` too: its agent on a virtual machine does not know it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: vms, namespace: shop }
spec: { template: { labels: { app: vm } }, probe: { periodSeconds: 5 } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: vms, namespace: shop }
spec: { template: { labels: { app: vm } }, probe: { periodSeconds: 5, httpGet: { port: 8080 } } }
",
    run: Run::Values(&[(Sort::WorkloadGroup, "spec.probe")], run),
};

fn run(probe: &Node, findings: &mut Findings<'_>) {
    let methods = ["httpGet", "tcpSocket", "exec"];
    let Some(method) = methods.into_iter().find_map(|it| probe.entry(it)) else {
        let finding = findings.at(probe.span, "the probe asks nothing");
        findings.push(finding.help("add `httpGet`, `tcpSocket` or `exec`"));
        return;
    };
    if method.key.value == "exec" && method.value.list("command").is_empty() {
        let finding = findings.at(method.value.span, "the probe has no command");
        findings.push(finding.help("add `command`"));
    }
    for header in method.value.list("httpHeaders").iter().filter(|it| !it.is_null()) {
        let name = header.word("name").map_or("", |it| it.as_str());
        if let Err(reason) = probe_header_name(name) {
            let finding =
                findings.at(header.spot("name"), format!("`{name}` is no name of a header: {reason}"));
            findings.push(finding.help("use letters, digits and `-`"));
        }
    }
}
