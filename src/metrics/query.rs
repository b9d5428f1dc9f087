//! The questions that rules, panels, analyses and runbooks share.
//!
//! Each is about the series that some [`Match`]es choose, as seen by the proxies of the destination: only they know
//! whether a connection was mutually authenticated, and only they see each request once.

use crate::metrics::{DURATION, Label, Match, Metric, REQUESTS, Services, TCP_OPENED};

/// Requests a second.
pub fn request_rate(of: &[Match<'_>], window: &str) -> String {
    format!("sum(rate({}[{window}]))", at_destination(&REQUESTS, of, &[]))
}

/// The part of the requests that the server failed, from 0 to 1; nothing where there are no requests.
pub fn error_ratio(of: &[Match<'_>], window: &str) -> String {
    let failed = at_destination(&REQUESTS, of, &[Match::Like(Label::ResponseCode, "5..")]);
    // Without a failure there is no such series, and nothing divided is nothing: hence the zero.
    format!("(sum(rate({failed}[{window}])) or vector(0)) / {}", request_rate(of, window))
}

/// What so many of 100 requests did not exceed (`0.99`), in milliseconds.
pub fn latency(quantile: &str, of: &[Match<'_>], window: &str) -> String {
    format!(
        "histogram_quantile({quantile}, sum by (le) (rate({}[{window}])))",
        at_destination(&DURATION, of, &[])
    )
}

/// The percentage of requests that the server did not fail, by HTTP or by gRPC, whose failures have the status 200; nothing
/// where there are no requests.
pub fn success_percent(of: &[Match<'_>], window: &str) -> String {
    let server = [
        Match::Unlike(Label::ResponseCode, "5.."),
        // unknown, deadline exceeded, unimplemented, internal, unavailable, data loss
        Match::Unlike(Label::GrpcResponseStatus, "2|4|12|13|14|15"),
    ];
    let good = at_destination(&REQUESTS, of, &server);
    format!("100 * (sum(rate({good}[{window}])) or vector(0)) / {}", request_rate(of, window))
}

fn at_destination(metric: &Metric, of: &[Match<'_>], more: &[Match<'_>]) -> String {
    let all: Vec<Match<'_>> = std::iter::once(Match::Is(Label::Reporter, "destination"))
        .chain(of.iter().copied())
        .chain(more.iter().copied())
        .collect();
    metric.select(&all)
}

/// What tells requests that the server failed.
pub const FAILED: Match<'static> = Match::Like(Label::ResponseCode, "5..");

/// The rate of a counter for each of some services and, within it, for each value of `more`; of the series that also
/// fit `which`.
pub fn each(metric: &Metric, of: &Services, which: &[Match<'_>], more: &[Label], window: &str) -> String {
    let all: Vec<Match<'_>> = of.matches().into_iter().chain(which.iter().copied()).collect();
    of.sum(&format!("rate({}[{window}])", at_destination(metric, &all, &[])), more)
}

/// TCP connections opened a second.
pub fn connection_rate(of: &[Match<'_>], window: &str) -> String {
    format!("sum(rate({}[{window}]))", at_destination(&TCP_OPENED, of, &[]))
}

/// The part of the requests to `of` that `part` of it gets, from 0 to 1.
pub fn request_share(part: &[Match<'_>], of: &[Match<'_>], window: &str) -> String {
    format!("({} or vector(0)) / {}", request_rate(part, window), request_rate(of, window))
}

/// The same of connections.
pub fn connection_share(part: &[Match<'_>], of: &[Match<'_>], window: &str) -> String {
    format!("({} or vector(0)) / {}", connection_rate(part, window), connection_rate(of, window))
}

/// Requests a second that access rules refused, by service and caller.
pub fn refusals(of: &[Match<'_>], window: &str) -> String {
    let refused = at_destination(&REQUESTS, of, &[Match::Is(Label::ResponseCode, "403")]);
    let (service, caller) = (Label::DestinationServiceName.word(), Label::SourcePrincipal.word());
    format!("sum by ({service}, {caller}) (rate({refused}[{window}])) > 0")
}

/// Requests a second by who called and what was called: the edges of the mesh as they are, not as they were declared.
/// What leaves the mesh only its caller counts, what comes without a proxy only its service, and all else both.
pub fn dependencies(of: &[Match<'_>], window: &str) -> String {
    let by = [Label::Reporter].into_iter().chain(DEPENDENCY).map(Label::word).collect::<Vec<_>>().join(", ");
    format!("max without (reporter) (sum by ({by}) (rate({}[{window}])))", REQUESTS.select(of))
}

/// What tells one dependency from another: who called, by workload and namespace, and what, by service and namespace.
pub const DEPENDENCY: [Label; 4] = [
    Label::SourceWorkload,
    Label::SourceWorkloadNamespace,
    Label::DestinationServiceName,
    Label::DestinationServiceNamespace,
];

/// What 99 of 100 requests to a service did not exceed, in milliseconds, as each end measured it: what the caller's
/// proxy saw more than the service's went on the way.
pub fn hops(of: &[Match<'_>], window: &str) -> String {
    format!(
        "histogram_quantile(0.99, sum by (le, reporter, destination_service_name) (rate({}[{window}])))",
        DURATION.select(of)
    )
}

/// What came a second without mutual TLS, requests or connections as the counter has it, by these labels; nothing where
/// there is none.
pub fn plaintext(metric: &Metric, of: &[Match<'_>], by: &[Label], window: &str) -> String {
    // Only the side of the destination knows: that of the source always says `unknown`.
    let bare = at_destination(metric, of, &[Match::Not(Label::ConnectionSecurityPolicy, "mutual_tls")]);
    let by = by.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ");
    // A series stays when its requests have ended, at 0.
    format!("sum by ({by}) (rate({bare}[{window}])) > 0")
}
