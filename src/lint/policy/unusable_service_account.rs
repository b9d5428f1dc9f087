//! Service accounts in a policy are named, whole.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::condition::{MOST_ACCOUNTS, service_account};
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4017",
    name: "unusable-service-account",
    severity: Severity::Error,
    equivalents: &["VAL-AP-05", "IST0106"],
    why: "`serviceAccounts` takes `name`, of the policy's own namespace, or `namespace/name`, at most 16 of them and \
          without a wildcard; Istio refuses others.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { serviceAccounts: [web/*] } #~
    - source: { notServiceAccounts: [cluster.local/ns/web/sa/web] } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { serviceAccounts: [web/front] }
    - source: { principals: [\"cluster.local/ns/web/*\"] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for source in walk::rules(policy).iter().flat_map(walk::sources) {
        for field in ["serviceAccounts", "notServiceAccounts"] {
            let Some(accounts) = source.entry(field) else { continue };
            let count = accounts.value.items().len();
            if count > MOST_ACCOUNTS {
                let message = format!("`{field}` has {count} values, and Istio takes {MOST_ACCOUNTS}");
                findings.push(findings.at(accounts.key.span, message).help("make it several sources"));
            }
            for account in accounts.value.items() {
                let Some(text) = account.text() else { continue };
                if let Err(reason) = service_account(text) {
                    let message = format!("`{text}` is no service account: {reason}");
                    let help = "write `namespace/name`; `principals` and `namespaces` take a `*`";
                    findings.push(findings.at(account.span, message).help(help));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn more_than_sixteen_are_too_many() {
        let policy = |count: usize| {
            let accounts = vec!["a/b"; count].join(", ");
            format!(
                "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{ name: a }}\n\
                 spec: {{ rules: [{{ from: [{{ source: {{ serviceAccounts: [{accounts}] }} }}] }}] }}\n"
            )
        };
        assert_silent(&RULE, &policy(16));
        assert_says(&RULE, &policy(17), &["`serviceAccounts` has 17 values, and Istio takes 16"]);
    }
}
