//! An endpoint says ports by the names that the ServiceEntry gives them.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3337",
    name: "unknown-endpoint-port",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses any other name: nothing would be sent there.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: STATIC, endpoints: [{ address: 10.1.2.3, ports: { mysql: 3307 } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: STATIC, endpoints: [{ address: 10.1.2.3, ports: { db: 3307 } }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let resolution = spec.said("resolution").map_or("NONE", |it| it.as_str());
    if !["STATIC", "DNS", "DNS_ROUND_ROBIN"].contains(&resolution) {
        return;
    }
    let known: Vec<&str> =
        spec.list("ports").iter().filter_map(|it| it.word("name")).map(Str::as_str).collect();
    for endpoint in spec.list("endpoints") {
        // Without an address there is another mistake, and Istio asks no further.
        if resolution == "STATIC" && endpoint.said("address").is_none() && endpoint.said("network").is_none()
        {
            continue;
        }
        for port in endpoint.pairs("ports").iter().filter(|it| !known.contains(&it.key.as_str())) {
            let message = format!("the ServiceEntry has no port named `{}`", port.key);
            findings.push(findings.at(port.key.span, message).suggest(&port.key, known.iter().copied()));
        }
    }
}
