//! The selector of a Gateway fits some pods.
//!
//! Source: `IngressGatewayPortAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::selector_text;
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3235",
    name: "idle-gateway",
    severity: Severity::Warning,
    equivalents: &["IST0101", "KIA0302"],
    why: "Nothing listens for a Gateway whose selector fits no pod. The ingress gateway that comes with Istio (`istio: ingressgateway`) may well be written down elsewhere.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingresgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Each(&[Sort::Gateway], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let selector = object.spec().pairs("selector");
    if !cluster.gateway_pods(selector).is_empty() || cluster.is_declared(object.namespace(), &object.name) {
        return;
    }
    let message = format!("no pod of these files carries `{}`", selector_text(selector));
    let finding = findings.at(object.spec().spot("selector"), message);
    findings.push(finding.help("write the labels of the pods of a gateway, as `istio: ingressgateway`"));
}
