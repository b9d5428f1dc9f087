//! The rows about requests: all of the mesh at a glance, each service by itself, and where time is lost.

use crate::kube::observability::grafana::Millionths;
use crate::lower::observability::dashboard::page::Page;
use crate::lower::observability::dashboard::panels::{Draft, Unit, lines, stat, table};
use crate::metrics::panel::{error_ratio_by, latency_by, mutual_ratio_by, overhead_by, rate_by, top};
use crate::metrics::{Label, Match, REQUESTS};

const WINDOW: &str = "$__rate_interval";
/// The services that are chosen. `pipe` keeps Grafana from taking the patterns for plain text.
const CHOSEN: Match<'static> = Match::Like(Label::DestinationService, "${service:pipe}");
const AT_DESTINATION: Match<'static> = Match::Is(Label::Reporter, "destination");
const EDGE: &[Label] = &[Label::SourceWorkload, Label::DestinationServiceName];
const VERSION: &[Label] = &[Label::DestinationWorkload, Label::DestinationVersion];
const NAME: &[Label] = &[Label::DestinationServiceName];
/// A version and its workload: an engine may run two workloads of one version.
const VERSION_LEGEND: &str = "{{destination_version}} ({{destination_workload}})";
const NAME_LEGEND: &str = "{{destination_service_name}}";
const EDGE_LEGEND: &str = "{{source_workload}} to {{destination_service_name}}";

/// Beyond what a value is bad; `None`: nothing is promised.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Of the part of requests that fail.
    pub errors: Option<Millionths>,
    /// Of what 99 of 100 requests take, in milliseconds.
    pub p99: Option<Millionths>,
    /// The part of requests that must come over mutual TLS.
    pub mutual: Option<Millionths>,
}

/// All chosen services at a glance.
pub fn overview(page: &mut Page, limits: Limits) {
    let of = [CHOSEN];
    page.row("Overview", None);
    let rate = rate_by(&[], &REQUESTS, &[AT_DESTINATION, CHOSEN], WINDOW);
    page.put(6, 4, stat("Requests a second", Unit::Requests, rate));
    let errors = error_ratio_by(&[], &of, WINDOW);
    page.put(6, 4, stat("Failed requests", Unit::Part, errors).at_most(limits.errors));
    let slow = latency_by("0.99", &[], "destination", &of, WINDOW);
    page.put(6, 4, stat("99 of 100 requests take at most", Unit::Millis, slow).at_most(limits.p99));
    let mutual = mutual_ratio_by(&[], &of, WINDOW);
    page.put(6, 4, stat("Requests over mutual TLS", Unit::Part, mutual).at_least(limits.mutual));
    let rate = rate_by(NAME, &REQUESTS, &[AT_DESTINATION, CHOSEN], WINDOW);
    page.put(12, 8, lines("Busiest services", Unit::Requests, vec![(top(10, &rate), NAME_LEGEND)]));
    let errors = error_ratio_by(NAME, &of, WINDOW);
    let failing = lines("Most failing services", Unit::Part, vec![(top(10, &errors), NAME_LEGEND)]);
    page.put(12, 8, failing.at_most(limits.errors));
}

/// One service, its versions side by side; the row is there once for each that is chosen.
pub fn service(page: &mut Page, limits: Limits, grpc: bool) {
    let of = [CHOSEN];
    page.row("$service", Some("service"));
    let rate = rate_by(VERSION, &REQUESTS, &[AT_DESTINATION, CHOSEN], WINDOW);
    page.put(12, 8, lines("Requests by version", Unit::Requests, vec![(rate, VERSION_LEGEND)]));
    let errors = error_ratio_by(VERSION, &of, WINDOW);
    let errors = lines("Failed requests by version", Unit::Part, vec![(errors, VERSION_LEGEND)]);
    page.put(12, 8, errors.at_most(limits.errors));
    for (title, quantile, limit) in [
        ("Half of the requests take at most (p50)", "0.5", None),
        ("90 of 100 requests take at most (p90)", "0.9", None),
        ("99 of 100 requests take at most (p99)", "0.99", limits.p99),
    ] {
        let slow = latency_by(quantile, VERSION, "destination", &of, WINDOW);
        page.put(8, 8, lines(title, Unit::Millis, vec![(slow, VERSION_LEGEND)]).at_most(limit));
    }
    page.put(8, 8, codes(grpc));
    page.put(8, 8, flags());
    let mutual = mutual_ratio_by(VERSION, &of, WINDOW);
    let mutual = lines("Requests over mutual TLS", Unit::Part, vec![(mutual, VERSION_LEGEND)]);
    page.put(8, 8, mutual.at_least(limits.mutual));
}

/// A failure of gRPC is a success of HTTP: it has codes of its own.
fn codes(grpc: bool) -> Draft {
    let of = [AT_DESTINATION, CHOSEN];
    let mut questions = vec![(rate_by(&[Label::ResponseCode], &REQUESTS, &of, WINDOW), "{{response_code}}")];
    if grpc {
        let calls = [AT_DESTINATION, Match::Is(Label::RequestProtocol, "grpc"), CHOSEN];
        let status = rate_by(&[Label::GrpcResponseStatus], &REQUESTS, &calls, WINDOW);
        questions.push((status, "gRPC {{grpc_response_status}}"));
    }
    let panel = lines("Response codes", Unit::Requests, questions);
    if grpc { panel } else { panel.stacked() }
}

/// Both ends, because what a caller's proxy refuses never reaches the service.
fn flags() -> Draft {
    let marked = Match::Not(Label::ResponseFlags, "-");
    let flags = rate_by(&[Label::Reporter, Label::ResponseFlags], &REQUESTS, &[marked, CHOSEN], WINDOW);
    let legend = "{{response_flags}} ({{reporter}})";
    lines("What proxies say of failures", Unit::Requests, vec![(flags, legend)]).note(
        "NR: no route. UO: refused by a breaker. UF: no connection to the service. URX: retries used up. DC: the caller \
         went away. UH: no healthy endpoint. The proxy of the source or of the destination says so.",
    )
}

/// Where time is lost between services.
pub fn bottlenecks(page: &mut Page) {
    let of = [CHOSEN];
    page.row("Bottlenecks", None);
    let calls = latency_by("0.99", EDGE, "source", &of, WINDOW);
    page.put(8, 8, lines("Slowest calls (p99)", Unit::Millis, vec![(top(10, &calls), EDGE_LEGEND)]));
    let inside = latency_by("0.99", NAME, "destination", &of, WINDOW);
    let inside = lines("Slowest services (p99)", Unit::Millis, vec![(top(10, &inside), NAME_LEGEND)]);
    page.put(8, 8, inside.note("What the service itself takes, with all that it calls."));
    let between = overhead_by("0.99", EDGE, &of, WINDOW);
    let between =
        lines("Time beside the service (p99)", Unit::Millis, vec![(top(10, &between), EDGE_LEGEND)]);
    page.put(
        8,
        8,
        between.note("What the caller waits longer than the service takes: queues, retries, the network."),
    );
}

/// Who calls whom.
pub fn map(page: &mut Page) {
    page.row("Who calls whom", None);
    let calls = rate_by(EDGE, &REQUESTS, &[AT_DESTINATION, CHOSEN], WINDOW);
    let columns = [
        (Label::SourceWorkload.word(), "Caller"),
        (Label::DestinationServiceName.word(), "Service"),
        ("Value", "Requests a second"),
    ];
    let calls = table("Calls that were seen", Unit::Requests, calls, &columns);
    page.put(
        24,
        8,
        calls.note("Compare it with the calls that are declared; `unknown` came from outside the mesh."),
    );
}
