//! An IstioOperator has the fields that `istioctl install` reads.
//!
//! Source: `operator/pkg/apis/types.go` and `operator/pkg/apis/validation` of Istio. Names are read whatever their case.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5317",
    name: "unknown-installation-field",
    severity: Severity::Error,
    equivalents: &["MG-01"],
    why: "`istioctl` refuses an IstioOperator with a field that it does not know.",
    bad: "
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec:
  profil: default #~
  components:
    pilot: { enable: true } #~
",
    good: "
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec:
  profile: default
  components:
    pilot: { enabled: true }
  values: { anything: { goes: here } }
",
    run: Run::Each(&[Sort::IstioOperator], run),
};

const SPEC: &[&str] = &[
    "profile",
    "installPackagePath",
    "hub",
    "tag",
    "namespace",
    "revision",
    "compatibilityVersion",
    "meshConfig",
    "components",
    "values",
    "unvalidatedValues",
];

const COMPONENTS: &[&str] =
    &["base", "pilot", "cni", "ztunnel", "istiodRemote", "ingressGateways", "egressGateways"];

const COMPONENT: &[&str] = &["enabled", "namespace", "hub", "tag", "k8s"];
const GATEWAY: &[&str] = &["enabled", "namespace", "hub", "tag", "k8s", "name", "label"];
const BASE: &[&str] = &["enabled"];

const RESOURCES: &[&str] = &[
    "affinity",
    "env",
    "hpaSpec",
    "imagePullPolicy",
    "nodeSelector",
    "podDisruptionBudget",
    "podAnnotations",
    "priorityClassName",
    "readinessProbe",
    "replicaCount",
    "resources",
    "service",
    "strategy",
    "tolerations",
    "serviceAnnotations",
    "securityContext",
    "volumes",
    "volumeMounts",
    "overlays",
];

fn run(operator: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let head: Vec<&str> = ["apiVersion", "kind", "metadata", "spec", "status"].to_vec();
    fields(&operator.node, "an IstioOperator", &head, findings);
    fields(operator.spec(), "`spec`", SPEC, findings);
    let Some(components) = operator.spec().get("components") else { return };
    fields(components, "`components`", COMPONENTS, findings);
    for entry in components.entries() {
        let (takes, all) = match entry.key.as_str() {
            "base" => (BASE, std::slice::from_ref(&entry.value)),
            "ingressGateways" | "egressGateways" => (GATEWAY, entry.value.items()),
            "pilot" | "cni" | "ztunnel" | "istiodRemote" => (COMPONENT, std::slice::from_ref(&entry.value)),
            _ => continue,
        };
        for component in all {
            fields(component, &format!("`{}`", entry.key), takes, findings);
            if let Some(resources) = component.get("k8s") {
                fields(resources, "`k8s`", RESOURCES, findings);
            }
        }
    }
}

fn fields(node: &Node, whose: &str, takes: &[&str], findings: &mut Findings<'_>) {
    for entry in
        node.entries().iter().filter(|it| !takes.iter().any(|name| name.eq_ignore_ascii_case(&it.key)))
    {
        let finding = findings.at(entry.key.span, format!("{whose} has no field `{}`", entry.key));
        findings.push(finding.suggest(&entry.key, takes.iter().copied()));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn gateways_and_their_resources_are_looked_into() {
        let operator = |gateway: &str| {
            format!(
                "{{ apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {{ name: a }}, spec: {{ components: {{ ingressGateways: [{gateway}] }} }} }}"
            )
        };
        assert_silent(
            &RULE,
            &operator("{ name: a, enabled: true, label: { a: b }, k8s: { replicaCount: 2 } }"),
        );
        let said = ["`ingressGateways` has no field `replicas`", "`k8s` has no field `replicas`"];
        assert_says(&RULE, &operator("{ name: a, replicas: 1, k8s: { replicas: 2 } }"), &said);
    }
}
