//! A status is one that clients understand.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3060",
    name: "odd-status",
    severity: Severity::Warning,
    equivalents: &["MG-10"],
    why: "Istio lets every code of the 300s pass for a redirect and 600 for an answer, but Envoy takes 301, 302, 303, 307 and 308 for the one and less than 600 for the other: with anything else it refuses the whole configuration.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new, redirectCode: 304 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new, redirectCode: 308 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let code = route.get("redirect").and_then(|it| it.get("redirectCode"));
        let code = code.filter(|it| {
            it.as_whole()
                .is_some_and(|it| (300..400).contains(&it) && ![301, 302, 303, 307, 308].contains(&it))
        });
        let paths = [&["directResponse", "status"][..], &["fault", "abort", "httpStatus"]];
        let status = paths.iter().filter_map(|it| route.at(it)).filter(|it| it.as_whole() == Some(600));
        for node in code.into_iter().chain(status) {
            let text = node.text().map_or("", Str::as_str);
            let finding = findings.at(node.span, format!("Envoy knows no status `{text}` here"));
            findings.push(
                finding.help(
                    "for a redirect write 301, 302, 303, 307 or 308; otherwise a status from 200 to 599",
                ),
            );
        }
    }
}
