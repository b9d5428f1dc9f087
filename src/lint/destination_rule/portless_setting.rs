//! A setting among `portLevelSettings` says which port it is for.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::PORT_POLICIES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3103",
    name: "portless-setting",
    severity: Severity::Error,
    equivalents: &["VAL-DR-02", "IST0106"],
    why: "Istio refuses a port setting that names no port.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { portLevelSettings: [{ tls: { mode: DISABLE } }] } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { portLevelSettings: [{ port: { number: 9080 }, tls: { mode: DISABLE } }] } }
",
    run: Run::Values(PORT_POLICIES, run),
};

fn run(setting: &Node, findings: &mut Findings<'_>) {
    if !setting.has("port") {
        let finding = findings.at(setting.span, "a setting of `portLevelSettings` names no port");
        findings.push(finding.help("add `port: { number: … }`"));
    }
}
