//! A subset is best defined by a rule for exactly the host that is routed to.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::destinations;
use crate::lint::traffic::subsets::Subsets;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3510",
    name: "indirect-subset",
    severity: Severity::Info,
    equivalents: &["IST0101"],
    why: "A DestinationRule with a wildcard, or with a partial name, is not what istioctl compares: it reports the subset as missing, and whether Envoy has it depends on which rule wins.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1 } }] #~
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  subsets: [{ name: v1, labels: { version: v1 } }]
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let subsets = Subsets::of(cluster);
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object) {
            let Some((node, name)) = it.subset().and_then(|it| Some((it, it.text()?))) else { continue };
            if !subsets.defines(object, it.host, name) && subsets.covers(object, it.host, name) {
                let message = format!(
                    "only a DestinationRule for other hosts, too, gives `{}` the subset `{name}`",
                    it.host
                );
                let finding = findings.on(object, node.span, message);
                findings.push(finding.help("define the subset in a DestinationRule for this very host"));
            }
        }
    }
}
