//! Several hosts of a ServiceEntry are told apart by what callers send.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3341",
    name: "indistinct-hosts",
    severity: Severity::Error,
    equivalents: &["VAL-SE-04", "IST0106"],
    why: "Istio refuses several hosts with a port of plain bytes: a connection of TCP does not say which host it is for.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [a.example.com, b.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [a.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: DNS }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    if spec.said("resolution").is_none_or(|it| it == "NONE") || spec.list("hosts").len() < 2 {
        return;
    }
    let is_bytes = |it: &&Node| {
        let protocol = it.word("protocol").map_or("", |it| it.as_str());
        !protocol::is_http(protocol) && !protocol::is_tls(protocol)
    };
    if let Some(port) = spec.list("ports").iter().filter(|it| !it.is_null()).find(is_bytes) {
        let finding =
            findings.at(port.spot("protocol"), "connections to this port do not say which host they are for");
        let finding = finding.related(spec.spot("hosts"), "several hosts");
        findings.push(finding.help("make a ServiceEntry for each host, or the protocol HTTP or TLS"));
    }
}
