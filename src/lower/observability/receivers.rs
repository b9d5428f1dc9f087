//! Who is told of alerts: one AlertmanagerConfig for every namespace that has rules.

use crate::kube::observability::alertmanager_config::{
    AlertMatcher, AlertReceiver, AlertRoute, AlertmanagerConfigSpec, PagerDutyConfig, SecretKeySelector,
    SlackConfig, WebhookConfig,
};
use crate::kube::{AlertmanagerConfig, Manifest, made, wave};
use crate::lower::Context;
use crate::lower::observability::rules;
use crate::metrics::Label;
use crate::profile::Observability;
use crate::profile::observability::{Receiver, SecretKey, Slack};
use crate::source::Text;
use crate::yaml::Named;

/// Where alerts go that no receiver asks for.
const NOBODY: &str = "nobody";

/// What a message says: Alertmanager's own texts leave the annotations out.
const TEXT: &str = "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n\
                    {{ with .Annotations.runbook_url }}{{ . }}\n{{ end }}{{ end }}";

/// The same for every namespace, as the operator shows each only the alerts of its own.
pub fn alertmanager_configs(cx: &Context<'_>, wanted: &Observability) -> Vec<Manifest> {
    if wanted.receivers.is_empty() || !wanted.rules.value {
        return Vec::new();
    }
    let spec = spec(&wanted.receivers);
    let config = |namespace: &Text| {
        let metadata = cx.metadata(made("mesh"), namespace, rules::labels(cx, wanted));
        let object = AlertmanagerConfig { metadata, spec: spec.clone() };
        cx.core("monitoring.coreos.com/v1alpha1", wave::WATCH, object)
    };
    rules::namespaces(cx.profile).into_keys().map(config).collect()
}

fn spec(receivers: &Named<Receiver>) -> AlertmanagerConfigSpec {
    let (mut routes, mut all) = (Vec::new(), vec![receiver(made(NOBODY))]);
    for (name, to) in receivers.iter() {
        let Receiver { slack, pager_duty, webhook, severities } = to;
        routes.push(AlertRoute {
            receiver: name.clone(),
            group_by: Vec::new(),
            matchers: matcher(severities).into_iter().collect(),
            goes_on: Some(true),
            routes: Vec::new(),
        });
        all.push(AlertReceiver {
            slack_configs: slack.iter().map(slack_config).collect(),
            pager_duty_configs: pager_duty
                .iter()
                .map(|it| PagerDutyConfig { routing_key: secret(it), send_resolved: true })
                .collect(),
            webhook_configs: webhook
                .iter()
                .map(|it| WebhookConfig { url_secret: secret(it), send_resolved: true })
                .collect(),
            ..receiver(name.clone())
        });
    }
    let route = AlertRoute {
        receiver: made(NOBODY),
        group_by: vec!["alertname", Label::DestinationServiceName.word()],
        matchers: Vec::new(),
        goes_on: None,
        routes,
    };
    AlertmanagerConfigSpec { route, receivers: all }
}

fn receiver(name: Text) -> AlertReceiver {
    let (slack_configs, pager_duty_configs, webhook_configs) = (Vec::new(), Vec::new(), Vec::new());
    AlertReceiver { name, slack_configs, pager_duty_configs, webhook_configs }
}

fn slack_config(slack: &Slack) -> SlackConfig {
    let Slack { channel, secret: key } = slack;
    SlackConfig { api_url: secret(key), channel: channel.clone(), send_resolved: true, text: TEXT }
}

fn secret(key: &SecretKey) -> SecretKeySelector {
    let SecretKey { name, key } = key;
    SecretKeySelector { name: name.clone(), key: key.clone() }
}

/// The severities that somebody is told of; `None`: all.
fn matcher(severities: &[Text]) -> Option<AlertMatcher> {
    let first = severities.first()?;
    let words: Vec<&str> = severities.iter().map(|it| it.as_str()).collect();
    let match_type = if words.len() == 1 { "=" } else { "=~" };
    Some(AlertMatcher { name: "severity", value: first.with(words.join("|").into()), match_type })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    #[test]
    fn receivers_are_told_of_the_severities_that_they_ask_for() {
        let profile = "services: { hello: { versions: { v1: {} } } }\nobservability:\n  rules: true\n  receivers:\n    \
                       on-call: { pagerDuty: { name: pager, key: key }, severities: critical }\n    \
                       team: { slack: { channel: '#mesh', secret: { name: chat, key: url } } }\n";
        let text = object(profile, "AlertmanagerConfig", "mesh");
        let route = "    routes:\n    - receiver: on-call\n      matchers:\n      - name: severity\n        value: critical\n        \
                     matchType: =\n      continue: true\n    - receiver: team\n      continue: true\n";
        assert!(text.replace("'=' ", "=").replace("\"=\"", "=").contains(route), "{text}");
        assert!(text.contains("      channel: '#mesh'\n") || text.contains("channel: \"#mesh\"\n"), "{text}");
    }
}
