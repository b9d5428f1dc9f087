//! The questions of panels: answers side by side, one for each value of some labels.

use crate::metrics::{DURATION, Label, Match, Metric, REQUESTS};

/// How fast a counter grows, summed up for each value of the labels.
pub fn rate_by(by: &[Label], metric: &Metric, of: &[Match<'_>], window: &str) -> String {
    format!("{}(rate({}[{window}]))", grouped("sum", by), metric.select(of))
}

/// The part of the requests that the server failed; 0, not nothing, where there are requests and none failed.
pub fn error_ratio_by(by: &[Label], of: &[Match<'_>], window: &str) -> String {
    part_by(by, of, Match::Like(Label::ResponseCode, "5.."), window)
}

/// The part of the requests that came over mutual TLS; 0, not nothing, where there are requests and none did.
pub fn mutual_ratio_by(by: &[Label], of: &[Match<'_>], window: &str) -> String {
    part_by(by, of, Match::Is(Label::ConnectionSecurityPolicy, "mutual_tls"), window)
}

fn part_by(by: &[Label], of: &[Match<'_>], part: Match<'_>, window: &str) -> String {
    let at = at(of, "destination");
    let all = rate_by(by, &REQUESTS, &at, window);
    let part = rate_by(by, &REQUESTS, &[at.as_slice(), &[part]].concat(), window);
    format!("({part} or {all} * 0) / {all}")
}

/// What so many of 100 requests did not exceed (`0.99`), in milliseconds, as the proxies of one end saw it.
pub fn latency_by(quantile: &str, by: &[Label], reporter: &str, of: &[Match<'_>], window: &str) -> String {
    let by = [&[Label::Le], by].concat();
    format!("histogram_quantile({quantile}, {})", rate_by(&by, &DURATION, &at(of, reporter), window))
}

/// The milliseconds that a call takes beside the service itself: on the way, and in queues of the proxies.
pub fn overhead_by(quantile: &str, by: &[Label], of: &[Match<'_>], window: &str) -> String {
    let [outside, inside] = ["source", "destination"].map(|it| latency_by(quantile, by, it, of, window));
    format!("{outside} - {inside}")
}

/// A gauge, put together by `how` (`sum`, `max`, `min`) for each value of the labels.
pub fn gauge_by(how: &str, by: &[Label], metric: &Metric, of: &[Match<'_>]) -> String {
    format!("{}({})", grouped(how, by), metric.select(of))
}

/// The highest of many answers.
pub fn top(most: u32, of: &str) -> String {
    format!("topk({most}, {of})")
}

fn grouped(how: &str, by: &[Label]) -> String {
    if by.is_empty() {
        return how.to_owned();
    }
    let words: Vec<&str> = by.iter().map(|it| it.word()).collect();
    format!("{how} by ({}) ", words.join(", "))
}

fn at<'a>(of: &[Match<'a>], reporter: &'a str) -> Vec<Match<'a>> {
    std::iter::once(Match::Is(Label::Reporter, reporter)).chain(of.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{error_ratio_by, latency_by};
    use crate::metrics::{Label, Match};

    #[test]
    fn no_error_is_zero_and_no_request_is_nothing() {
        let text = error_ratio_by(&[Label::DestinationVersion], &[], "5m");
        let all = r#"sum by (destination_version) (rate(istio_requests_total{reporter="destination"}[5m]))"#;
        let bad = r#"sum by (destination_version) (rate(istio_requests_total{reporter="destination",response_code=~"5.."}[5m]))"#;
        assert_eq!(text, format!("({bad} or {all} * 0) / {all}"));
    }

    #[test]
    fn buckets_stay_apart_until_the_quantile_is_known() {
        let of = [Match::Is(Label::DestinationServiceName, "a")];
        assert_eq!(
            latency_by("0.5", &[], "source", &of, "1m"),
            r#"histogram_quantile(0.5, sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter="source",destination_service_name="a"}[1m])))"#
        );
    }
}
