//! Connections are upgraded to HTTP/2 or keep the protocol of the caller, not both.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONNECTION_POOLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3108",
    name: "upgrade-of-client-protocol",
    severity: Severity::Error,
    equivalents: &["VAL-DR-05", "IST0106"],
    why: "Istio refuses `h2UpgradePolicy: UPGRADE` beside `useClientProtocol: true`: the first changes what the second keeps.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: UPGRADE, useClientProtocol: true } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: UPGRADE } } } }
",
    run: Run::Values(CONNECTION_POOLS, run),
};

fn run(pool: &Node, findings: &mut Findings<'_>) {
    let Some(http) = pool.get("http") else { return };
    let upgrade = http.word("h2UpgradePolicy").is_some_and(|it| it == "UPGRADE");
    if upgrade && http.flag("useClientProtocol") == Some(true) {
        let finding = findings
            .at(http.spot("useClientProtocol"), "`useClientProtocol` contradicts `h2UpgradePolicy: UPGRADE`");
        let finding = finding.related(http.spot("h2UpgradePolicy"), "the upgrade");
        findings.push(finding.help("keep one of them"));
    }
}
