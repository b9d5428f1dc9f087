//! For the sidecars of the mesh, a host has one VirtualService.

use crate::diag::Severity;
use crate::lint::traffic::mesh_conflict::mesh_conflicts;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3520",
    name: "conflicting-mesh-hosts",
    severity: Severity::Error,
    equivalents: &["IST0109", "MG-09", "KIA1106"],
    why: "Gateways merge several VirtualServices of a host, sidecars do not: they use the oldest, and the routes of the others never exist for them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews] #~
  http:
  - route: [{ destination: { host: reviews } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: more, namespace: shop }
spec:
  hosts: [reviews.shop.svc.cluster.local] #~
  http:
  - route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: more, namespace: shop }
spec:
  hosts: [ratings]
  http:
  - route: [{ destination: { host: ratings } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for conflict in mesh_conflicts(cluster).into_values() {
        let message =
            format!("`{}` has routes in the VirtualService `{}`, too", conflict.host, conflict.other.name);
        let finding = findings.on(conflict.object, conflict.span, message);
        let finding = finding.related(conflict.other.span(), "sidecars use one of the two");
        findings.push(finding.help("make it one VirtualService, or export them to different namespaces"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn a_narrower_scope_is_compared_with_the_public_one() {
        let text = |scope: &str| {
            format!("
{{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{ name: a, namespace: x }}, spec: {{ hosts: [\"*.com\"] }} }}
---
{{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{ name: b, namespace: y }}, spec: {{ hosts: [a.com]{scope} }} }}
")
        };
        assert_silent(&RULE, &text(""));
        let said = [
            "`a.com` has routes in the VirtualService `b`, too",
            "`a.com` has routes in the VirtualService `a`, too",
        ];
        assert_says(&RULE, &text(", exportTo: [.]"), &said);
    }
}
