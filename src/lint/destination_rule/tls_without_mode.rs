//! A TLS block says its mode.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CLIENT_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3129",
    name: "tls-without-mode",
    severity: Severity::Warning,
    equivalents: &["MG-06"],
    why: "Without `mode` the block means DISABLE: plain text, and automatic mutual TLS is off, whatever else the block holds.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { sni: reviews.example.com } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: ISTIO_MUTUAL, sni: reviews.example.com } } }
",
    run: Run::Values(CLIENT_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    if tls.has("mode") {
        return;
    }
    let finding = findings.at(tls.span, "`tls` without `mode` switches TLS off");
    findings.push(
        finding
            .help("add `mode: SIMPLE`, `MUTUAL` or `ISTIO_MUTUAL`, or say `mode: DISABLE` if that is meant"),
    );
}
