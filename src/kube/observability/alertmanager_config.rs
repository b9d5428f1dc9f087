//! AlertmanagerConfig: who is told of the alerts of a namespace, and how. Secrets are named, never written.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// Routes and receivers; the operator lets them see the alerts of their own namespace only.
#[derive(Clone, Debug)]
pub struct AlertmanagerConfig {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// Routes and receivers.
    pub spec: AlertmanagerConfigSpec,
}

/// The routes and receivers of an [`AlertmanagerConfig`].
#[derive(Clone, Debug, Serialize)]
pub struct AlertmanagerConfigSpec {
    /// The root of the routes.
    pub route: AlertRoute,
    /// Who is told.
    pub receivers: Vec<AlertReceiver>,
}

/// A route: which alerts go where.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertRoute {
    /// The receiver's name.
    pub receiver: Text,
    /// Alerts that are alike in these labels make one message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group_by: Vec<&'static str>,
    /// What alerts must have; none: any alert.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matchers: Vec<AlertMatcher>,
    /// Whether the routes after this one see the alert as well.
    #[serde(rename = "continue", skip_serializing_if = "Option::is_none")]
    pub goes_on: Option<bool>,
    /// More routes below.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<AlertRoute>,
}

/// What a label of an alert must be.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertMatcher {
    /// The label.
    pub name: &'static str,
    /// Its value, or a regular expression for it.
    pub value: Text,
    /// `=` or `=~`.
    pub match_type: &'static str,
}

/// Somebody who is told, in the ways that are given; in none, nobody is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertReceiver {
    /// Its name.
    pub name: Text,
    /// Slack channels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slack_configs: Vec<SlackConfig>,
    /// Services of PagerDuty.
    #[serde(rename = "pagerdutyConfigs", skip_serializing_if = "Vec::is_empty")]
    pub pager_duty_configs: Vec<PagerDutyConfig>,
    /// Webhooks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhook_configs: Vec<WebhookConfig>,
}

/// A Slack channel.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SlackConfig {
    /// Where the URL of the incoming webhook is.
    #[serde(rename = "apiURL")]
    pub api_url: SecretKeySelector,
    /// The channel.
    pub channel: Text,
    /// Whether it is told when all is well again.
    pub send_resolved: bool,
    /// What it is told, as a template of Alertmanager.
    pub text: &'static str,
}

/// A service of PagerDuty.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PagerDutyConfig {
    /// Where the key of the integration is.
    pub routing_key: SecretKeySelector,
    /// Whether it is told when all is well again.
    pub send_resolved: bool,
}

/// A webhook.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookConfig {
    /// Where its URL is.
    pub url_secret: SecretKeySelector,
    /// Whether it is told when all is well again.
    pub send_resolved: bool,
}

/// A key of a Secret in the same namespace.
#[derive(Clone, Debug, Serialize)]
pub struct SecretKeySelector {
    /// The Secret.
    pub name: Text,
    /// The key.
    pub key: Text,
}

impl Kind for AlertmanagerConfig {
    const KIND: &'static str = "AlertmanagerConfig";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
