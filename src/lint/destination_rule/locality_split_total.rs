//! The weights of the places that requests go to are 1 to 100 and add up to 100.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::LOCALITIES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3120",
    name: "locality-split-total",
    severity: Severity::Error,
    equivalents: &["VAL-DR-08", "IST0106"],
    why: "Istio refuses the object otherwise.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: eu, to: { eu: 80, us: 10 } }] } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: eu, to: { eu: 80, us: 20 } }] } } } }
",
    run: Run::Values(LOCALITIES, run),
};

fn run(locality: &Node, findings: &mut Findings<'_>) {
    for share in locality.list("distribute") {
        let to = share.pairs("to");
        let mut total = 0;
        let mut out_of_range = false;
        for (entry, weight) in to.iter().filter_map(|it| Some((it, it.value.as_whole()?))) {
            total += weight;
            if !(1..=100).contains(&weight) {
                out_of_range = true;
                let message = format!("the weight of `{}` is {weight}, not between 1 and 100", entry.key);
                let finding = findings.at(entry.value.span, message);
                findings.push(finding.help("leave a place out to send nothing there"));
            }
        }
        let is_typed = to.iter().all(|it| it.value.is_null() || it.value.as_whole().is_some());
        if total != 100 && is_typed && !out_of_range {
            let message = format!("the weights add up to {total}, not 100");
            findings.push(findings.at(share.spot("to"), message).help("make them add up to 100"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_distribution_to_nowhere_adds_up_to_nothing() {
        let text = "{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: a }, spec: { host: a, trafficPolicy: { loadBalancer: { \
                    localityLbSetting: { distribute: [{ from: a }, { from: b, to: { b: 0, c: 100 } }] } } } } }";
        let said = ["the weights add up to 0, not 100", "the weight of `b` is 0, not between 1 and 100"];
        assert_says(&RULE, text, &said);
    }
}
