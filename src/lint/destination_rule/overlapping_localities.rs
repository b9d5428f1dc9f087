//! Of the places that requests come from or go to, none is part of another.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::localities::refused;
use crate::lint::destination_rule::places::LOCALITIES;
use crate::lint::{Findings, Rule, Run};
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3121",
    name: "overlapping-localities",
    severity: Severity::Error,
    equivalents: &["VAL-DR-08", "IST0106"],
    why: "Istio refuses them: it could not tell which of two weights a pod in both places has.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: eu, to: { eu: 60, eu/a: 40 } }] } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: eu, to: { eu/b: 60, eu/a: 40 } }] } } } }
",
    run: Run::Values(LOCALITIES, run),
};

fn run(locality: &Node, findings: &mut Findings<'_>) {
    // Beside a failover, the distribution is not even looked at.
    if !locality.list("failover").is_empty() {
        return;
    }
    let shares = locality.list("distribute");
    let from: Vec<(&str, Span)> = shares.iter().map(source).collect();
    tell(refused(&from), findings);
    for share in shares {
        let to: Vec<(&str, Span)> =
            share.pairs("to").iter().map(|it| (it.key.as_str(), it.key.span)).collect();
        // A mapping has no order: what is refused in one of them is refused now and then.
        let backwards: Vec<(&str, Span)> = to.iter().rev().copied().collect();
        tell(refused(&to).or_else(|| refused(&backwards)), findings);
    }
}

fn source(share: &Node) -> (&str, Span) {
    (share.word("from").map_or("", |it| it.as_str()), share.spot("from"))
}

fn tell(refused: Option<(Span, String)>, findings: &mut Findings<'_>) {
    if let Some((span, message)) = refused {
        findings.push(
            findings.at(span, message).help("name places that have no pod in common, as `eu/a` and `eu/b`"),
        );
    }
}
