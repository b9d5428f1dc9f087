//! Statuses are those of HTTP and gRPC.

use crate::check::walk::{RouteRef, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::{Spanned, Text};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2014",
    name: "unknown-status",
    severity: Severity::Error,
    equivalents: &["VAL-VS-19", "VAL-VS-20", "VAL-VS-22", "MG-10"],
    why: "Istio refuses a status outside of its range. It takes a redirect with any code from 300 to 399, but only five \
          of them have an effect: with another the route does nothing at all.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, redirect: { uri: /b, code: 304 } } #~
      b: { match: { path: /b }, respond: { status: 600 } } #~
      c: { match: { path: /c }, fault: { abort: { httpStatus: 42 } } } #~
      d: { match: { path: /d }, fault: { abort: { grpcStatus: UNAVALABLE } } } #~
clients: { test: {} }
expect:
  denied: { from: test, to: hello, get: /, denied: 40 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, redirect: { uri: /b, code: 308 } }
      b: { match: { path: /b }, respond: { status: 503 } }
      c: { match: { path: /c }, fault: { abort: { httpStatus: 500 } } }
      d: { match: { path: /d }, fault: { abort: { grpcStatus: UNAVAILABLE } } }
",
    run,
};

const REDIRECTS: [u32; 5] = [301, 302, 303, 307, 308];

const GRPC: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let smoke = profile.observability.iter().flat_map(|it| &it.smoke).flat_map(|it| it.requests.values());
    for request in smoke {
        http(request.status.as_ref(), 100, findings);
    }
    for it in routes(profile) {
        route(it, findings);
    }
    for expectation in profile.expect.values() {
        for status in [&expectation.outcome.status, &expectation.outcome.denied] {
            http(status.as_ref(), 100, findings);
        }
    }
}

fn route(it: RouteRef<'_>, findings: &mut Findings<'_>) {
    let code = it.route.redirect.as_ref().and_then(|it| it.code.as_ref());
    if let Some(code) = code.filter(|it| !REDIRECTS.contains(&it.value)) {
        let finding = findings.at(code.span, format!("`{code}` is no status of a redirect"));
        findings.push(finding.help("one of 301, 302, 303, 307 and 308"));
    }
    http(it.route.respond.as_ref().map(|it| &it.status), 200, findings);
    let Some(abort) = it.route.fault.as_ref().and_then(|it| it.abort.as_ref()) else { return };
    http(abort.http_status.as_ref(), 200, findings);
    if let Some(status) = abort.grpc_status.as_ref().filter(|it| !GRPC.contains(&it.as_str())) {
        grpc(status, findings);
    }
}

fn http(status: Option<&Spanned<u32>>, least: u32, findings: &mut Findings<'_>) {
    if let Some(status) = status.filter(|it| !(least..=599).contains(&it.value)) {
        let finding = findings.at(status.span, format!("`{status}` is no HTTP status"));
        findings.push(finding.help(format!("a status here is between {least} and 599")));
    }
}

fn grpc(status: &Text, findings: &mut Findings<'_>) {
    let message = format!("`{status}` is no status of gRPC");
    findings.push(findings.at(status.span, message).suggest(status, GRPC));
}
