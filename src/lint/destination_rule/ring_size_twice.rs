//! The size of a hash ring is said in one place.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONSISTENT_HASHES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3115",
    name: "ring-size-twice",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "IST0106"],
    why: "Istio refuses `minimumRingSize` beside `ringHash` or `maglev`: it is the old spelling of `ringHash.minimumRingSize`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, minimumRingSize: 64, maglev: { tableSize: 65537 } } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } } } }
",
    run: Run::Values(CONSISTENT_HASHES, run),
};

fn run(hash: &Node, findings: &mut Findings<'_>) {
    if hash.whole("minimumRingSize").is_none_or(|it| it == 0) {
        return;
    }
    for other in ["ringHash", "maglev"].into_iter().filter_map(|it| hash.entry(it)) {
        let message = format!("`minimumRingSize` and `{}` exclude each other", other.key);
        let finding = findings.at(hash.spot("minimumRingSize"), message);
        findings.push(finding.related(other.key.span, "the other").help("take `minimumRingSize` away"));
    }
}
