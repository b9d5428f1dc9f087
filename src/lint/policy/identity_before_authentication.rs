//! A CUSTOM policy acts before anybody knows who calls.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4012",
    name: "identity-before-authentication",
    severity: Severity::Error,
    equivalents: &["VAL-AP-02", "IST0106"],
    why: "Envoy asks the provider of a CUSTOM policy before it looks at identities and tokens: rules that speak of \
          them cannot choose the requests, and Istio refuses them.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec:
  action: CUSTOM
  provider: { name: opa }
  rules:
  - from: [{ source: { namespaces: [web] } }] #~
    when: [{ key: 'request.auth.claims[iss]', values: [a] }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec:
  action: CUSTOM
  provider: { name: opa }
  rules:
  - from: [{ source: { ipBlocks: [10.0.0.0/8] } }]
    when: [{ key: 'request.headers[x-token]', values: ['*'] }]
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

const HELP: &str = "let the provider judge the caller, or write a policy of another action for it";
const KEYS: [&str; 4] =
    ["source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"];

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if walk::action(policy) != "CUSTOM" {
        return;
    }
    for rule in walk::rules(policy) {
        for source in walk::sources(rule) {
            // All but the addresses are identities.
            let fields = walk::SOURCE.iter().filter(|it| !it.ends_with("Blocks"));
            for field in fields.filter(|it| !source.list(it).is_empty()).filter_map(|it| source.entry(it)) {
                let message = format!("a CUSTOM policy has `{}`", field.key);
                findings.push(findings.at(field.key.span, message).help(HELP));
            }
        }
        for key in rule.list("when").iter().filter_map(|it| it.get("key")) {
            let Some(name) = key.text() else { continue };
            if KEYS.contains(&name.as_str()) || name.starts_with("request.auth.") {
                let message = format!("a CUSTOM policy has a condition about `{name}`");
                findings.push(findings.at(key.span, message).help(HELP));
            }
        }
    }
}
