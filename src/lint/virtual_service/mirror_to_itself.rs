//! Requests are mirrored to something else.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, set};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3066",
    name: "mirror-to-itself",
    severity: Severity::Warning,
    equivalents: &["MG-34"],
    why: "Where the mirror is the only destination of the route, every request arrives twice in one place: what it writes, it writes twice.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: reviews } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: reviews-next }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let [only] = route.list("route") else { continue };
        let Some(destination) = only.get("destination") else { continue };
        let mirrors = route.list("mirrors").iter().filter_map(|it| it.get("destination"));
        for mirror in route.get("mirror").into_iter().chain(mirrors) {
            let same = |key: &str| set(mirror, key) == set(destination, key);
            if set(mirror, "host").is_some() && same("host") && same("subset") {
                let message = "the requests of this route are mirrored to where they go";
                let finding = findings.at(mirror.span, message).related(destination.span, "where they go");
                findings.push(finding.help("name another subset or host"));
            }
        }
    }
}
