//! A host of plain bytes has an address.
//!
//! Source: `ProtocolAddressesAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::boundary::allocation::may_allocate;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3345",
    name: "required-address",
    severity: Severity::Warning,
    equivalents: &["IST0134"],
    why: "Without an address of the entry, connections to the port match any address. A sidecar that resolves names itself may be given one by istiod.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], addresses: [10.1.2.3], ports: [{ number: 3306, name: db, protocol: TCP }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let allocated = object.node.get("status").is_some_and(|it| !it.list("addresses").is_empty());
    if !spec.list("addresses").is_empty() || allocated || is_allocated_by(cluster) {
        return;
    }
    for port in spec.list("ports").iter().filter(|it| !it.is_null()) {
        if port.said("protocol").is_none_or(|it| it.eq_ignore_ascii_case("TCP")) {
            let mut finding =
                findings.at(port.spot("protocol"), "a port of TCP, and the entry has no addresses");
            if may_allocate(object) {
                // Istio gives it one by itself, which helps whoever resolves names by the proxy.
                finding.severity = Severity::Info;
            }
            findings.push(finding.help("add `addresses`, or write the protocol of the port, as HTTP or TLS"));
        }
    }
}

/// Whether the mesh says that proxies capture DNS and istiod gives addresses.
fn is_allocated_by(cluster: &Cluster) -> bool {
    let metadata = cluster.config.node.at(&["defaultConfig", "proxyMetadata"]);
    let says = |key: &str| metadata.and_then(|it| it.word(key)).is_some_and(|it| it == "true");
    says("ISTIO_META_DNS_CAPTURE")
        && (says("ISTIO_META_DNS_AUTO_ALLOCATE") || says("PILOT_ENABLE_IP_AUTOALLOCATE"))
}
