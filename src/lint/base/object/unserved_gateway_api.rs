//! The definitions of the Gateway API serve the versions that Istio asks for.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::object::lacking;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5318",
    name: "unserved-gateway-api",
    severity: Severity::Error,
    equivalents: &["IST0156"],
    why: "istiod watches these kinds in `v1beta1`: where the API server does not serve it, it sees none of their objects.",
    bad: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gateways.gateway.networking.k8s.io } #~
spec:
  group: gateway.networking.k8s.io
  names: { kind: Gateway, plural: gateways }
  scope: Namespaced
  versions:
  - { name: v1alpha2, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
",
    good: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gateways.gateway.networking.k8s.io }
spec:
  group: gateway.networking.k8s.io
  names: { kind: Gateway, plural: gateways }
  scope: Namespaced
  versions:
  - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
  - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
",
    run: Run::Each(&[Sort::CustomResourceDefinition], run),
};

fn run(definition: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let kinds = ["Gateway", "GatewayClass", "HTTPRoute", "ReferenceGrant"];
    if let Some(kind) = lacking(definition, &kinds, "v1beta1") {
        let message = format!("`{kind}` of the Gateway API is not served in `v1beta1`");
        let help = "install the definitions of a later release of the Gateway API";
        findings.push(findings.at(definition.span(), message).help(help));
    }
}
