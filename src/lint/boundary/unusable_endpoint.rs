//! The address of an endpoint is what the resolution takes.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address::ip;
use crate::lint::words::host::fqdn;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3336",
    name: "unusable-endpoint",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses names with `resolution: STATIC`, which takes addresses and sockets, and what is neither a name nor an address with `resolution: DNS`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: STATIC, endpoints: [{ address: db-1.example.com }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: DNS, endpoints: [{ address: db-1.example.com }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let resolution = spec.said("resolution").map_or("NONE", |it| it.as_str());
    let is_static = match resolution {
        "STATIC" => true,
        "DNS" | "DNS_ROUND_ROBIN" => false,
        _ => return,
    };
    for endpoint in spec.list("endpoints").iter().filter(|it| !it.is_null()) {
        let address = endpoint.word("address").map_or("", |it| it.as_str());
        let (verdict, help) = match address.strip_prefix(socket::UNIX) {
            Some(path) if is_static => (socket::unix_path(path), "write `unix://` and an absolute path"),
            // A place in another network will do; that both keys are missing is what the shape of the kind says.
            _ if is_static && address.is_empty() => {
                let is_placed = endpoint.said("network").is_some();
                if is_placed || !(endpoint.has("address") || endpoint.has("network")) {
                    continue;
                }
                (Err("it is empty".to_owned()), "write an IP address")
            }
            _ if is_static => (ip(address), "write an IP address, or `resolution: DNS`"),
            _ => (
                fqdn(address).or_else(|it| ip(address).map_err(|_| it)),
                "write a host name or an IP address",
            ),
        };
        if let Err(reason) = verdict {
            let message = format!("`{address}` is no endpoint of `resolution: {resolution}`: {reason}");
            findings.push(findings.at(endpoint.spot("address"), message).help(help));
        }
    }
}
