//! The alerts, one after the other, in the order in which handbooks tell of them.

use crate::metrics::alert::{Alert, Severity};

/// Every alert that we raise.
pub static ALERTS: &[&Alert] = &[
    &ERROR_RATIO,
    &LATENCY,
    &FAST_ERRORS,
    &SLOW_ERRORS,
    &FAST_LATENCY,
    &SLOW_LATENCY,
    &PLAINTEXT_REQUESTS,
    &PLAINTEXT_CONNECTIONS,
    &EJECTED,
    &BREAKER,
    &BREAKER_CONNECTIONS,
    &CERTIFICATE,
    &ROOT_CERTIFICATE,
    &TARGET,
    &TARGETS,
    &SMOKE,
];

/// A service fails many of its requests.
pub static ERROR_RATIO: Alert = Alert {
    name: "MeshErrorRatioHigh",
    severity: Severity::Critical,
    lasts: Some("5m"),
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            fails {{ $value | humanizePercentage }} of its requests",
    means: "More than 5 % of the requests of the last five minutes were answered with 5xx, and that for \
            five minutes.",
    look: "Compare the versions: if only the newest fails, it is the release; if all fail, it is what they \
            call. Response flags tell an application that fails (none) from a proxy that finds nobody (UH, \
            UF) or refuses (UO).",
    act: "If a release is under way, take it back. Otherwise look at the logs of the pods and at the \
            services that they call.",
};

/// A service is slower than promised.
pub static LATENCY: Alert = Alert {
    name: "MeshLatencyHigh",
    severity: Severity::Warning,
    lasts: Some("10m"),
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` is \
            slower than promised: 99 of 100 requests take up to {{ $value | printf \"%.0f\" }} ms",
    means: "99 of 100 requests take longer than was promised, and that for ten minutes.",
    look: "Compare source and destination: what the caller waits longer than the server works is spent on \
            the way, or in a queue. Look at the CPU limits of the pods.",
    act: "If a release is under way, take it back. Otherwise add replicas, or find the slow dependency in \
            the traces.",
};

/// The budget of errors is spent within days.
pub static FAST_ERRORS: Alert = Alert {
    name: "MeshErrorBudgetBurnsFast",
    severity: Severity::Critical,
    lasts: None,
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            spends its error budget fast: {{ $value | humanizePercentage }} of the requests fail",
    means: "At this pace the errors allowed for 30 days are spent within five days or less: either 2 % of \
            them in the last hour, or 5 % in the last six.",
    look: "See since when, and what changed then: a release, a route, a dependency.",
    act: "Take the last change back before you look for the reason.",
};

/// The budget of errors will not last.
pub static SLOW_ERRORS: Alert = Alert {
    name: "MeshErrorBudgetBurnsSlowly",
    severity: Severity::Warning,
    lasts: None,
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            spends its error budget too soon: {{ $value | humanizePercentage }} of the requests fail",
    means: "At this pace the errors allowed for 30 days do not last that long: 10 % of them went in a day, \
            or another 10 % in three.",
    look: "Look for a small, steady source of errors: one pod, one path, one caller, one dependency.",
    act: "Mend it in working hours, and release with care until then.",
};

/// The budget of slow requests is spent within days.
pub static FAST_LATENCY: Alert = Alert {
    name: "MeshLatencyBudgetBurnsFast",
    severity: Severity::Critical,
    lasts: None,
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            spends its budget of slow requests fast",
    means: "One request in a hundred may be slower than promised. At this pace the slow requests allowed \
            for 30 days are spent within five days or less.",
    look: "See since when, and what changed then: a release, a route, the load, a dependency.",
    act: "Take the last change back, or add replicas, before you look for the reason.",
};

/// The budget of slow requests will not last.
pub static SLOW_LATENCY: Alert = Alert {
    name: "MeshLatencyBudgetBurnsSlowly",
    severity: Severity::Warning,
    lasts: None,
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            spends its budget of slow requests too soon",
    means: "One request in a hundred may be slower than promised. At this pace the slow requests allowed \
            for 30 days do not last that long.",
    look: "Look for what is slow now and then: one pod, one path, a dependency, a limit of CPU time.",
    act: "Mend it in working hours, and release with care until then.",
};

/// A strict service answers requests in plaintext.
pub static PLAINTEXT_REQUESTS: Alert = Alert {
    name: "MeshPlaintextRequests",
    severity: Severity::Critical,
    lasts: Some("1m"),
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            answers requests in plaintext although it is strict",
    means: "The profile asks for mutual TLS on every port that speaks HTTP, and requests come in without \
            it. Where STRICT is in force such a request is refused before anything counts it, so somebody \
            made an exception: for a workload, for a port, or for the whole namespace.",
    look: "List the PeerAuthentication objects of the namespace and of the root namespace, and look for \
            one that is not in the bundle.",
    act: "Give the caller a proxy, then take the exception away.",
};

/// A strict service takes connections in plaintext.
pub static PLAINTEXT_CONNECTIONS: Alert = Alert {
    name: "MeshPlaintextConnections",
    severity: Severity::Critical,
    lasts: Some("1m"),
    summary: "`{{ $labels.destination_service_name }}` in `{{ $labels.destination_service_namespace }}` \
            takes connections in plaintext although it is strict",
    means: "The profile asks for mutual TLS on every port that takes bytes, and connections come in \
            without it. Where STRICT is in force such a connection is refused before anything counts it, \
            so somebody made an exception: for a workload, for a port, or for the whole namespace.",
    look: "List the PeerAuthentication objects of the namespace and of the root namespace, and look for \
            one that is not in the bundle.",
    act: "Give the caller a proxy, then take the exception away.",
};

/// Outlier detection keeps pods out.
pub static EJECTED: Alert = Alert {
    name: "MeshEndpointEjected",
    severity: Severity::Warning,
    lasts: Some("1m"),
    summary: "{{ $value }} endpoints of `{{ $labels.cluster_name }}` are ejected",
    means: "Outlier detection keeps pods out because they answered with errors, one after the other. The \
            rest carry their load; where no pod is left, callers get 503 with the response flag UH at once. A \
            pod comes back by itself, later each time.",
    look: "See which pods answer with 5xx, and whether they are of one version or on one node.",
    act: "Restart or replace the pods that fail. If most pods are ejected, the fault is in what all of \
            them call.",
};

/// Requests are refused by an open circuit breaker.
pub static BREAKER: Alert = Alert {
    name: "MeshCircuitBreakerOpen",
    severity: Severity::Warning,
    lasts: Some("1m"),
    summary: "The circuit breaker of `{{ $labels.cluster_name }}` is open: callers get 503 at once",
    means: "As many requests are open or waiting as the connection pool allows, so proxies of callers \
            answer the next ones with 503, the response flag UO and the header `x-envoy-overloaded`.",
    look: "Compare the rate and the latency with an hour ago: there is either more load or a slower service.",
    act: "Add replicas or make the service faster. Raise the limits of the connection pool only if it has \
            room.",
};

/// Connections are refused by an open circuit breaker.
pub static BREAKER_CONNECTIONS: Alert = Alert {
    name: "MeshCircuitBreakerRefusesConnections",
    severity: Severity::Warning,
    lasts: Some("1m"),
    summary: "The circuit breaker of `{{ $labels.cluster_name }}` is open: connections are refused",
    means: "There are as many TCP connections as the connection pool allows, so proxies of callers close \
            the next ones at once.",
    look: "Count the connections by caller: one of them may open them and not let go.",
    act: "Mend the caller that hoards connections, or raise `maxConnections` if the service has room.",
};

/// The certificate of a proxy was not renewed.
pub static CERTIFICATE: Alert = Alert {
    name: "MeshProxyCertificateExpires",
    severity: Severity::Critical,
    lasts: Some("5m"),
    summary: "The certificate of the proxy in `{{ $labels.pod }}` ends in {{ $value | humanizeDuration }}",
    means: "Proxies renew their certificate when half of its time is over. This one is about to run out, \
            so renewing it has failed for hours; after it, nobody can call the pod, and it can call \
            nobody.",
    look: "Look at the log of the proxy (`istio-proxy`) for errors of the certificate authority, and at \
            istiod on port 15012.",
    act: "Make istiod reachable again. A restarted pod asks for a certificate at once.",
};

/// The root certificate of the mesh runs out.
pub static ROOT_CERTIFICATE: Alert = Alert {
    name: "MeshRootCertificateExpires",
    severity: Severity::Critical,
    lasts: Some("5m"),
    summary: "The root certificate of the mesh ends in {{ $value | humanizeDuration }}",
    means: "When the root certificate ends, every workload certificate ends with it, and no service can \
            call another. There are less than 30 days left.",
    look: "See which authority signs: istiod's own, or one that was plugged in (Secret `cacerts`).",
    act: "Plan the rotation now: the new root must be trusted by every proxy before anything is signed \
            with it.",
};

/// A pod is not scraped.
pub static TARGET: Alert = Alert {
    name: "MeshTargetDown",
    severity: Severity::Warning,
    lasts: Some("10m"),
    summary: "Prometheus gets no metrics of `{{ $labels.pod }}`",
    means: "A pod that should be scraped does not answer, so the numbers of its service are too small and \
            its alerts may stay silent.",
    look: "See whether the pod runs, and whether a NetworkPolicy lets Prometheus in on port 15020.",
    act: "Bring the pod back, or let Prometheus in.",
};

/// Nothing of a namespace is scraped.
pub static TARGETS: Alert = Alert {
    name: "MeshTargetsAbsent",
    severity: Severity::Critical,
    lasts: Some("10m"),
    summary: "Prometheus scrapes no pod of `{{ $labels.namespace }}`",
    means: "There is not a single target in the namespace, so none of the other alerts can fire: nobody \
            watches.",
    look: "See whether the PodMonitor is there and carries the labels that Prometheus picks by, and \
            whether any pod runs.",
    act: "Bring the PodMonitor back, or give it the labels that Prometheus asks for.",
};

/// A probe from outside fails.
pub static SMOKE: Alert = Alert {
    name: "MeshSmokeProbeFails",
    severity: Severity::Critical,
    lasts: Some("5m"),
    summary: "`{{ $labels.instance }}` does not answer as it should",
    means: "The prober asks every host of the gateway from outside of the mesh, and this one has not \
            answered well for five minutes.",
    look: "Ask the address yourself, then follow the request: name and certificate, gateway, route, service.",
    act: "If other hosts fail too, look at the gateway; if only this one does, at its route and its service.",
};
