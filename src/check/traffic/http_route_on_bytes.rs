//! What needs requests stands where the mesh sees requests.

use crate::check::walk::{RouteRef, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::service::Service;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2019",
    name: "http-route-on-bytes",
    severity: Severity::Error,
    equivalents: &["MG-07"],
    why: "On a port of protocol `tcp` or `tls` the mesh sees bytes, not requests: conditions, timeouts, retries and \
          changes of requests are never applied there. A plain `split` of connections is.",
    bad: "
services:
  db:
    ports: { http: null, pg: { number: 5432, protocol: tcp } }
    versions: { v1: {}, v2: {} }
    routes:
      canary: { match: { headers: { x-canary: 'true' } }, split: { v2: 100 } } #~
      default: { split: { v1: 100 }, timeout: 2s } #~
",
    good: "
services:
  db:
    ports: { http: null, pg: { number: 5432, protocol: tcp } }
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 10 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile).filter(|it| only_bytes(it.owner.service)) {
        for (key, span) in on_requests(it) {
            let finding =
                findings.at(span, format!("{it} has `{key}`, and no port of `{}` speaks HTTP", it.owner.id));
            let port = it.owner.service.ports.iter().next().map_or(Span::NONE, |(name, _)| name.span);
            let finding = finding.related(port, "bytes, as far as the mesh can see");
            findings.push(finding.help("say `protocol: http` of the port if it does, or take it away"));
        }
    }
}

fn only_bytes(service: &Service) -> bool {
    !service.ports.is_empty() && !service.ports.values().any(|port| port.protocol.is_http())
}

fn on_requests(it: RouteRef<'_>) -> impl Iterator<Item = (&'static str, Span)> {
    let (route, name) = (it.route, it.name.span);
    // Timeouts and retries that come from the defaults of routes are meant for the services that know them.
    let here = move |span: &Span| span.lo > name.lo;
    let timeout = route.timeout.as_ref().map(|it| it.span).filter(here);
    let retries = route.retries.as_ref().map(|it| it.attempts.span).filter(here);
    [
        route.r#match.as_ref().map(|_| ("match", name)),
        timeout.map(|span| ("timeout", span)),
        retries.map(|span| ("retries", span)),
        route.fault.as_ref().map(|_| ("fault", name)),
        route.mirror.as_ref().map(|_| ("mirror", name)),
        route.rewrite.as_ref().map(|_| ("rewrite", name)),
        route.redirect.as_ref().map(|_| ("redirect", name)),
        route.respond.as_ref().map(|_| ("respond", name)),
        route.headers.as_ref().map(|_| ("headers", name)),
        route.cors.as_ref().map(|_| ("cors", name)),
    ]
    .into_iter()
    .flatten()
}
