//! What is measured, shown and called out: all of it off unless asked for.

use schemars::JsonSchema;

use crate::profile::smoke::Smoke;
use crate::source::{Spanned, Text};
use crate::units::{Duration, Percent};
use crate::yaml::{Named, OneOrMany, record};

/// Metrics, alerts and dashboards.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observability {
    /// The Prometheus that scrapes: NetworkPolicy objects let it in, analyses ask it.
    pub prometheus: Option<Prometheus>,
    /// Labels by which the Prometheus operator picks our objects up, as `release: monitoring`.
    pub labels: Named<Text>,
    /// Whether a PodMonitor is emitted: it scrapes the merged metrics of port 15020, which mutual TLS does not guard.
    pub pod_monitor: Spanned<bool>,
    /// Whether a PrometheusRule is emitted: recording rules and alerts.
    pub rules: Spanned<bool>,
    /// Whether a Grafana dashboard is emitted, as a ConfigMap.
    pub dashboard: Spanned<bool>,
    /// Whether proxies publish the state of circuit breakers, which they keep to themselves otherwise.
    pub breaker_stats: Spanned<bool>,
    /// What is promised to callers; with `rules`, its burn rates are alerts.
    pub slo: Option<Slo>,
    /// The page of the runbook, as `https://wiki.example.com/mesh/runbook.md`: the `runbook_url` of an alert is this page
    /// and, after a `#`, the alert's name in lower case.
    pub runbooks: Option<Text>,
    /// Who is told of alerts, as one AlertmanagerConfig a namespace.
    pub receivers: Named<Receiver>,
    /// How applications are told to log.
    pub logs: Option<AppLogs>,
    /// Requests that are made again and again to see that all is well.
    pub smoke: Option<Smoke>,
}

record!(Observability "`observability`" {
    prometheus, labels, pod_monitor, rules, dashboard, breaker_stats, slo, runbooks, receivers, logs, smoke,
});

/// The Prometheus that scrapes.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prometheus {
    /// Its namespace.
    pub namespace: Text,
    /// Its service account; absent: not named.
    pub service_account: Option<Text>,
    /// Where it answers queries, as `http://prometheus.monitoring:9090`.
    pub address: Option<Text>,
}

record!(Prometheus "`prometheus`" { namespace, service_account, address });

/// What is promised to callers, over 30 days.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Slo {
    /// The percentage of requests that do not fail.
    pub availability: Spanned<Percent>,
    /// What 99 of 100 requests do not exceed.
    pub p99: Option<Spanned<Duration>>,
}

record!(Slo "`slo`" { availability, p99 });

/// Somebody who is told of alerts, in exactly one way. Secrets are named, never written.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receiver {
    /// A Slack channel.
    pub slack: Option<Slack>,
    /// The Secret with the routing key of PagerDuty.
    pub pager_duty: Option<SecretKey>,
    /// The Secret with the URL of a webhook.
    pub webhook: Option<SecretKey>,
    /// Which severities (`critical`, `warning`); absent: all.
    pub severities: OneOrMany<Text>,
}

record!(Receiver "a receiver" { slack, pager_duty, webhook, severities });

/// A Slack channel.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Slack {
    /// As `#mesh-alerts`.
    pub channel: Text,
    /// The Secret with the URL of the incoming webhook.
    pub secret: SecretKey,
}

record!(Slack "`slack`" { channel, secret });

/// A key of a Secret that is not ours.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecretKey {
    /// The Secret's name, in the namespace of the alerts.
    pub name: Text,
    /// The key in it.
    pub key: Text,
}

record!(SecretKey "a key of a Secret" { name, key });

/// How applications are told to log; what they do with it is theirs.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppLogs {
    /// The variable `LOG_LEVEL` of every container, as `info`.
    pub level: Option<Text>,
    /// The variable `LOG_FORMAT` of every container, as `json`.
    pub format: Option<Text>,
    /// Labels of every pod, by which a log shipper knows it.
    pub labels: Named<Text>,
}

record!(AppLogs "`logs`" { level, format, labels });
