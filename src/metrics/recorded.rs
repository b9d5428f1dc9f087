//! What recording rules write down for every service: names after Prometheus' custom `level:metric:operations`.

/// Requests a second.
pub fn requests(window: &str) -> String {
    format!("service:istio_requests:rate{window}")
}

/// The part of the requests that the server failed, from 0 to 1.
pub fn errors(window: &str) -> String {
    format!("service:istio_requests:error_ratio_rate{window}")
}

/// The buckets of how long requests took, each a rate, by `le`.
pub fn buckets(window: &str) -> String {
    format!("service:istio_request_duration_milliseconds_bucket:rate{window}")
}

/// What so many of 100 requests did not exceed (`99`), in milliseconds, over five minutes.
pub fn percentile(of_100: u32) -> String {
    format!("service:istio_request_duration_milliseconds:p{of_100}_rate5m")
}

/// Requests a second to each version, over five minutes.
pub static VERSION_REQUESTS: &str = "version:istio_requests:rate5m";

/// The part of the requests that each version failed, over five minutes.
pub static VERSION_ERRORS: &str = "version:istio_requests:error_ratio_rate5m";

/// What 99 of 100 requests to each version did not exceed, in milliseconds, over five minutes.
pub static VERSION_P99: &str = "version:istio_request_duration_milliseconds:p99_rate5m";

/// TCP connections opened a second, over five minutes.
pub static OPENED: &str = "service:istio_tcp_connections_opened:rate5m";

/// TCP connections closed a second, over five minutes.
pub static CLOSED: &str = "service:istio_tcp_connections_closed:rate5m";

/// Bytes a second that came in over TCP, over five minutes.
pub static RECEIVED: &str = "service:istio_tcp_received_bytes:rate5m";

/// Bytes a second that went out over TCP, over five minutes.
pub static SENT: &str = "service:istio_tcp_sent_bytes:rate5m";
