//! The authority of a request is rewritten in one place.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{child, http};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG3031",
    name: "authority-set-twice",
    severity: Severity::Error,
    equivalents: &["VAL-VS-17", "IST0106"],
    why: "Of a rewrite and of the headers that are set, only one can win; Istio refuses to choose.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    rewrite: { authority: a.example.com }
    headers: { request: { set: { Host: b.example.com } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    rewrite: { authority: a.example.com }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let request = child(child(route, "headers"), "request");
        let is_authority =
            |it: &&Entry| ["host", ":authority"].iter().any(|name| it.key.eq_ignore_ascii_case(name));
        let headers = request.pairs("set").iter().chain(request.pairs("add")).filter(is_authority);
        let mut before = child(route, "rewrite").entry("authority").filter(|it| !is_empty(it));
        for entry in headers {
            if let Some(other) = before {
                let finding =
                    findings.at(entry.key.span, format!("`{}` sets the authority a second time", entry.key));
                findings.push(finding.related(other.key.span, "the first").help("keep one of them"));
            }
            before = Some(entry).filter(|it| !is_empty(it)).or(before);
        }
    }
}

fn is_empty(entry: &Entry) -> bool {
    entry.value.text().is_none_or(Str::is_empty)
}
