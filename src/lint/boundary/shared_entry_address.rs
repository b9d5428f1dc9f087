//! Several hosts that DNS resolves share no address.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3342",
    name: "shared-entry-address",
    severity: Severity::Warning,
    equivalents: &["VAL-SE-05", "IST0133"],
    why: "Connections to the address of the entry do not say which of the hosts they are for.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [a.example.com, b.example.com], addresses: [10.1.2.3], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [a.example.com, b.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let asks = spec.word("resolution").is_some_and(|it| *it == "DNS" || *it == "DNS_ROUND_ROBIN");
    if !asks || spec.list("addresses").is_empty() || spec.list("hosts").len() < 2 {
        return;
    }
    let opaque = ["TCP", "HTTPS", "TLS", "MONGO", "REDIS", "MYSQL"];
    let is_opaque = |it: &&Node| {
        it.word("protocol").is_some_and(|it| opaque.iter().any(|word| word.eq_ignore_ascii_case(it)))
    };
    if spec.list("ports").iter().find(is_opaque).is_some() {
        let finding = findings.at(spec.spot("addresses"), "several hosts share these addresses");
        findings
            .push(finding.related(spec.spot("hosts"), "the hosts").help("make a ServiceEntry for each host"));
    }
}
