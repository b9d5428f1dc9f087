//! A caller is known by its service account or by its identity, not by both.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::{Entry, Node};

pub static RULE: Rule = Rule {
    code: "MG4018",
    name: "identity-said-twice",
    severity: Severity::Error,
    equivalents: &["VAL-AP-05", "IST0106"],
    why: "A service account with its namespace is the identity of a caller; Istio refuses a source that names \
          principals or namespaces beside it.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { namespaces: [web], serviceAccounts: [web/front] } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { serviceAccounts: [web/front] }
    - source: { namespaces: [web] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for source in walk::rules(policy).iter().flat_map(walk::sources) {
        let account = first(source, &["serviceAccounts", "notServiceAccounts"]);
        let identity = first(source, &["principals", "notPrincipals", "namespaces", "notNamespaces"]);
        let Some((account, identity)) = account.zip(identity) else { continue };
        let message = format!("one source has `{}` and `{}`", account.key, identity.key);
        let finding = findings.at(account.key.span, message).related(identity.key.span, "the other");
        findings.push(finding.help("make it two sources if either will do"));
    }
}

/// The first of some lists that has an item.
fn first<'n>(source: &'n Node, lists: &[&str]) -> Option<&'n Entry> {
    lists.iter().filter_map(|it| source.entry(it)).find(|it| !it.value.items().is_empty())
}
