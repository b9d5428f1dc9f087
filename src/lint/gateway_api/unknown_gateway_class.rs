//! The class of a Gateway is one of Istio, or one that is declared.

use crate::diag::Severity;
use crate::diag::nearest;
use crate::kube::Sort;
use crate::lint::gateway_api::class::OF_ISTIO;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3814",
    name: "unknown-gateway-class",
    severity: Severity::Warning,
    equivalents: &["KIA1504"],
    why: "Nobody makes a Gateway of a class that no controller knows. Classes of other products may be declared elsewhere.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: isto, listeners: [{ name: http, port: 80, protocol: HTTP }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
",
    run: Run::Each(&[Sort::KubernetesGateway], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(class) = object.spec().said("gatewayClassName") else { return };
    let declared: Vec<&str> = cluster.of(Sort::GatewayClass).map(|it| it.name.as_str()).collect();
    if OF_ISTIO.contains(&class.as_str()) || declared.contains(&class.as_str()) {
        return;
    }
    let known = || OF_ISTIO.into_iter().chain(declared.iter().copied());
    let span = object.spec().spot("gatewayClassName");
    let mut finding = findings.at(span, format!("no GatewayClass `{class}` is in these files"));
    if nearest(class, known()).is_none() {
        finding.severity = Severity::Info;
    }
    findings.push(finding.suggest(class, known()));
}
