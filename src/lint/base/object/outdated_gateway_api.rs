//! The definitions of the Gateway API are of a release that Istio reads.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5314",
    name: "outdated-gateway-api",
    severity: Severity::Warning,
    equivalents: &["IST0176"],
    why: "istiod leaves out a kind whose definition is older than it needs: routes of this kind are taken by the API \
          server and never served.",
    bad: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tlsroutes.gateway.networking.k8s.io
  annotations:
    gateway.networking.k8s.io/bundle-version: v1.4.1 #~
spec:
  group: gateway.networking.k8s.io
  names: { kind: TLSRoute, plural: tlsroutes }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
",
    good: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tlsroutes.gateway.networking.k8s.io
  annotations:
    gateway.networking.k8s.io/bundle-version: v1.5.0
spec:
  group: gateway.networking.k8s.io
  names: { kind: TLSRoute, plural: tlsroutes }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
",
    run: Run::Each(&[Sort::CustomResourceDefinition], run),
};

const BUNDLE: &str = "gateway.networking.k8s.io/bundle-version";

/// The oldest release that Istio reads a kind of; any will do for the others.
///
/// Source: `MinimumCRDVersions` of `pkg/config/schema/gatewayapi`.
const OLDEST: &[(&str, [u64; 3])] = &[
    ("grpcroutes.gateway.networking.k8s.io", [1, 1, 0]),
    ("backendtlspolicies.gateway.networking.k8s.io", [1, 4, 0]),
    ("tlsroutes.gateway.networking.k8s.io", [1, 5, 0]),
    ("tcproutes.gateway.networking.k8s.io", [1, 6, 0]),
];

fn run(definition: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some((_, oldest)) = OLDEST.iter().find(|it| definition.name.as_str() == it.0) else { return };
    let Some(entry) = definition.annotations().iter().find(|it| it.key.as_str() == BUNDLE) else { return };
    let Some(said) = entry.value.text().filter(|it| release(it).is_some_and(|it| it < *oldest)) else {
        return;
    };
    let [major, minor, patch] = oldest;
    let message = format!(
        "Istio reads `{}` from release {major}.{minor}.{patch} on, and this is {said}",
        definition.name
    );
    let help = format!("install the definitions of the Gateway API v{major}.{minor}.{patch} or later");
    findings.push(findings.at(entry.value.span, message).help(help));
}

/// The numbers of a release, as `v1.4.1-rc.1`; missing ones are zero.
fn release(text: &str) -> Option<[u64; 3]> {
    let numbers = text.strip_prefix('v').unwrap_or(text);
    let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
    let mut parts = numbers.split('.').map(|it| it.parse::<u64>().ok());
    let found = [parts.next()??, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?];
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn a_release_is_its_numbers() {
        assert_eq!(release("v1.4.1-rc.1"), Some([1, 4, 1]));
        assert_eq!(release("1.4"), Some([1, 4, 0]));
        assert_eq!(release("main"), None);
        assert_eq!(release("v1.2.3.4"), None);
    }
}
