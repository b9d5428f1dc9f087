//! Kinds that Istio no longer has are taken out of the cluster.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5313",
    name: "removed-kind",
    severity: Severity::Warning,
    equivalents: &["IST0002"],
    why: "Objects of a removed kind are still taken and kept by the API server, and nobody reads them: who relies on them \
          for access control is open.",
    bad: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: servicerolebindings.rbac.istio.io }
spec:
  group: rbac.istio.io
  names: { kind: ServiceRoleBinding, plural: servicerolebindings } #~
  scope: Namespaced
  versions: [{ name: v1alpha1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
",
    good: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
",
    run: Run::Each(&[Sort::CustomResourceDefinition], run),
};

/// The kinds of `rbac.istio.io`, of Istio before 1.6.
const KINDS: &[&str] = &["ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"];

fn run(definition: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = definition.spec();
    let Some(kind) = spec.at(&["names", "kind"]).and_then(Node::as_text) else { return };
    if spec.word("group").is_some_and(|it| it == "rbac.istio.io") && KINDS.contains(&kind.as_str()) {
        let finding = findings.at(kind.span, format!("Istio no longer has the kind `{kind}`"));
        findings.push(finding.help("write AuthorizationPolicies, and take the definition away"));
    }
}
