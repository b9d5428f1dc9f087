//! A DENY that speaks only of HTTP denies all that is not HTTP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4023",
    name: "denied-bytes",
    severity: Severity::Warning,
    equivalents: &["VAL-AP-W1", "IST0133"],
    why: "On a port that is not HTTP nothing is known of methods, paths, hosts and tokens, so Istio leaves these \
          conditions out there, and the rest of a DENY matches every connection.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  action: DENY
  rules:
  - to: [{ operation: { methods: [DELETE] } }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  action: DENY
  rules:
  - to: [{ operation: { methods: [DELETE], ports: [\"8080\"] } }]
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

/// What is known of a caller who does not speak HTTP. Istio does not count `trustDomains` among it.
const OF_CONNECTIONS: [&str; 10] = [
    "principals",
    "notPrincipals",
    "namespaces",
    "notNamespaces",
    "serviceAccounts",
    "notServiceAccounts",
    "ipBlocks",
    "notIpBlocks",
    "remoteIpBlocks",
    "notRemoteIpBlocks",
];

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if walk::action(policy) != "DENY" {
        return;
    }
    for rule in walk::rules(policy) {
        let Some(list) = denies_bytes(rule) else { continue };
        let span = rule.entry(list).map_or(Span::NONE, |it| it.key.span);
        let message = format!("this DENY speaks of HTTP only in `{list}` and closes every other port");
        let finding = findings.at(span, message);
        findings.push(finding.help("name the ports that it is about with `to.operation.ports`"));
    }
}

/// The list to blame.
fn denies_bytes(rule: &Node) -> Option<&'static str> {
    if walk::operations(rule).next().is_some() {
        return (!walk::operations(rule).any(|it| walk::says(it, &["ports", "notPorts"]))).then_some("to");
    }
    let mut sources = walk::sources(rule);
    let first = sources.next()?;
    (!walk::says(first, &OF_CONNECTIONS) && !sources.any(|it| walk::says(it, &OF_CONNECTIONS)))
        .then_some("from")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    fn policy(rule: &str) -> String {
        format!(
            "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{ name: a }}\n\
             spec: {{ action: DENY, rules: [{rule}] }}\n"
        )
    }

    #[test]
    fn tokens_alone_are_http_and_addresses_are_not() {
        let says = "this DENY speaks of HTTP only in `from` and closes every other port";
        assert_says(&RULE, &policy("{ from: [{ source: { requestPrincipals: ['*'] } }] }"), &[says]);
        assert_silent(&RULE, &policy("{ from: [{ source: { ipBlocks: [10.0.0.1] } }] }"));
        assert_silent(&RULE, &policy("{}"));
    }
}
