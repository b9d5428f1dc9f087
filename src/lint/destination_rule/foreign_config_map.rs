//! A ConfigMap with certificates is one of the namespace of the DestinationRule.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::destination_rule::places::CLIENT_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3127",
    name: "foreign-config-map",
    severity: Severity::Error,
    equivalents: &["VAL-DR-09", "IST0106"],
    why: "Istio refuses any other, and one without namespace: a rule could read what its author may not.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, credentialName: configmap://other/ca } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, credentialName: configmap://shop/ca } } }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for (_, path) in CLIENT_TLS {
        object.node.each_at(path, &mut |tls| {
            let Some(rest) = tls.word("credentialName").and_then(|it| it.strip_prefix("configmap://")) else {
                return;
            };
            let mut parts = rest.split('/');
            let (namespace, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            if namespace == object.namespace() && !name.is_empty() {
                return;
            }
            let message =
                format!("`configmap://{rest}` is no ConfigMap of namespace `{}`", object.namespace());
            let finding = findings.at(tls.spot("credentialName"), message);
            findings.push(finding.help(format!("write `configmap://{}/NAME`", object.namespace())));
        });
    }
}
