//! A condition has a key that Istio knows, and values that the key takes.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::{condition, walk};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4021",
    name: "unusable-condition",
    severity: Severity::Error,
    equivalents: &["VAL-AP-08", "VAL-AP-04", "IST0106"],
    why: "Istio compares facts that Envoy knows of a request; it refuses a condition about anything else, without \
          values, or with values that the fact can never have.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - when:
    - { key: request.header, values: [a] } #~
    - { key: source.ip, values: [example.com] } #~
    - { key: source.principal } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - when:
    - { key: 'request.headers[x-a]', values: [a] }
    - { key: source.ip, values: [10.0.0.0/8] }
    - { key: source.principal, values: ['*'] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for condition in walk::rules(policy).iter().flat_map(|it| it.list("when")) {
        let Some((node, key)) = condition.get("key").and_then(|it| Some((it, it.text()?))) else { continue };
        judge(condition, node, key, findings);
    }
}

fn judge(condition: &Node, node: &Node, key: &Str, findings: &mut Findings<'_>) {
    if key.is_empty() {
        let finding = findings.at(node.span, "the key of a condition is empty");
        return findings.push(finding.help("name what to compare, as `source.ip`"));
    }
    if condition::values(condition).next().is_none() {
        let finding = findings.at(node.span, format!("`{key}` is compared with nothing"));
        return findings.push(finding.help("give it `values` or `notValues`"));
    }
    if let Err(reason) = condition::key(key) {
        let finding = findings.at(node.span, format!("`{key}` is no key of a condition: {reason}"));
        return findings.push(finding.suggest(key, condition::keys()));
    }
    for list in ["values", "notValues"].into_iter().filter_map(|it| condition.entry(it)) {
        let count = list.value.items().len();
        if key == "source.serviceAccount" && count > condition::MOST_ACCOUNTS {
            let most = condition::MOST_ACCOUNTS;
            let message = format!("`{}` has {count} service accounts, and Istio takes {most}", list.key);
            findings.push(findings.at(list.key.span, message).help("make it several rules"));
        }
    }
    for value in condition::values(condition) {
        let Some(text) = value.text() else { continue };
        if let Err(reason) = condition::value(key, text) {
            findings.push(findings.at(value.span, format!("`{text}` is no value of `{key}`: {reason}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_key_that_is_nearly_one_is_told() {
        let policy = |when: &str| {
            format!(
                "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{ name: a }}\n\
                 spec: {{ rules: [{{ when: [{when}] }}] }}\n"
            )
        };
        let says = "`source.ips` is no key of a condition: Istio does not know it";
        assert_says(&RULE, &policy("{ key: source.ips, values: [a] }"), &[says]);
        let says =
            "`destination.user` is no key of a condition: the `selector` says which workload is called";
        assert_says(&RULE, &policy("{ key: destination.user, notValues: [a] }"), &[says]);
        assert_says(&RULE, &policy("{ key: '', values: [a] }"), &["the key of a condition is empty"]);
        let says = "`` is no value of `connection.sni`: it is empty";
        assert_says(&RULE, &policy("{ key: connection.sni, values: [''] }"), &[says]);
    }
}
