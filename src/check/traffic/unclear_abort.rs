//! An abort has one status.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2015",
    name: "unclear-abort",
    severity: Severity::Error,
    equivalents: &["VAL-VS-22W", "CRD-VS-1"],
    why: "Istio takes either an HTTP or a gRPC status for an aborted request; with neither, nothing is aborted.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, fault: { abort: {} } } #~
      b: { match: { path: /b }, fault: { abort: { httpStatus: 503, grpcStatus: UNAVAILABLE } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { a: { match: { path: /a }, fault: { abort: { httpStatus: 503, percent: 10 } } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(abort) = it.route.fault.as_ref().and_then(|it| it.abort.as_ref()) else { continue };
        match (&abort.http_status, &abort.grpc_status) {
            (None, None) => {
                let finding = findings.at(it.name.span, format!("the abort of {it} has no status"));
                findings.push(finding.help("write `httpStatus: 503` or `grpcStatus: UNAVAILABLE`"));
            }
            (Some(http), Some(grpc)) => {
                let finding = findings.at(grpc.span, format!("the abort of {it} has two statuses"));
                findings.push(finding.related(http.span, "the other").help("keep one of them"));
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
    }
}
