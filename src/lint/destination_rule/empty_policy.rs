//! A block of a traffic policy says something or is not there.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::destination_rule::places::{CONNECTION_POOLS, PORT_POLICIES, TRAFFIC_POLICIES};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::{Kind, Node};

pub static RULE: Rule = Rule {
    code: "MG3102",
    name: "empty-policy",
    severity: Severity::Error,
    equivalents: &["VAL-DR-02", "VAL-DR-05", "IST0106"],
    why: "Istio refuses a traffic policy, a port setting or a connection pool without any setting: such a block is what is left of a line that is missing or indented wrongly.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: {} } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { tcp: { maxConnections: 10 } } } }
",
    run: Run::Each(&[Sort::DestinationRule, Sort::Sidecar], run),
};

const IN_A_PORT: &[&str] = &["loadBalancer", "connectionPool", "outlierDetection", "tls"];
const IN_A_POLICY: &[&str] = &["portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];
const IN_A_POOL: &[&str] = &["tcp", "http"];

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let mut judge = |places: &[(Sort, &str)], what: &str, keys: &[&[&str]]| {
        for (_, path) in places.iter().filter(|it| object.is(it.0)) {
            object.node.each_at(path, &mut |block| {
                if keys.iter().copied().flatten().any(|it| is_set(block, it)) {
                    return;
                }
                let known: Vec<&str> = keys.iter().copied().flatten().copied().collect();
                let finding = findings.at(block.span, format!("{what} says nothing"));
                findings.push(finding.help(format!("give it one of {}, or leave it out", known.join(", "))));
            });
        }
    };
    judge(TRAFFIC_POLICIES, "the traffic policy", &[IN_A_PORT, IN_A_POLICY]);
    judge(PORT_POLICIES, "the setting of a port", &[IN_A_PORT]);
    judge(CONNECTION_POOLS, "the connection pool", &[IN_A_POOL]);
}

/// Whether a message of protobuf would have the field: of lists, an empty one is none.
fn is_set(block: &Node, key: &str) -> bool {
    block.get(key).is_some_and(|it| match &it.kind {
        Kind::Null => false,
        Kind::List(items) => !items.is_empty(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    fn destination_rule(policy: &str) -> String {
        format!(
            "{{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{ name: a }}, spec: {{ host: a, trafficPolicy: {policy} }} }}"
        )
    }

    #[test]
    fn an_empty_message_is_something_and_an_empty_list_is_nothing() {
        assert_silent(&RULE, &destination_rule("{ loadBalancer: {} }"));
        assert_says(
            &RULE,
            &destination_rule("{ portLevelSettings: [] }"),
            &["the traffic policy says nothing"],
        );
    }

    #[test]
    fn a_port_needs_a_setting_beside_its_number() {
        let text = destination_rule("{ portLevelSettings: [{ port: { number: 80 } }] }");
        assert_says(&RULE, &text, &["the setting of a port says nothing"]);
    }
}
