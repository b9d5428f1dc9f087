//! Only behind a gateway may a VirtualService speak for every host.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::is_for_gateways;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3005",
    name: "every-host-in-mesh",
    severity: Severity::Error,
    equivalents: &["VAL-VS-04", "IST0106"],
    why: "For sidecars it would catch all calls of the whole mesh, so Istio refuses `*` unless the VirtualService is bound to gateways only.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: ["*"] #~
  http:
  - route: [{ destination: { host: reviews } }]
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: ["*"]
  gateways: [shop/public]
  http:
  - route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_for_gateways(object) {
        return;
    }
    for host in object.spec().list("hosts").iter().filter(|it| it.text().is_some_and(|it| it == "*")) {
        let message = "`*` is every host, and this VirtualService is for the sidecars of the mesh";
        findings.push(
            findings
                .at(host.span, message)
                .help("name the hosts, or bind it to `gateways` other than `mesh`"),
        );
    }
}
