//! Recording rules and alerts: one PrometheusRule for every namespace that has services.

mod alert;
mod breakers;
mod budget;
mod certificates;
mod mutual_tls;
mod record;
mod requests;
mod targets;
mod watched;

use crate::kube::observability::prometheus_rule::{PrometheusRuleSpec, Rule, RuleGroup};
use crate::kube::{Labels, Manifest, PrometheusRule, made, wave};
use crate::lower::Context;
use crate::profile::Observability;
use crate::source::Text;

use alert::Alerts;
use watched::Watched;
pub use watched::namespaces;

/// The rules of every namespace; none unless they are asked for.
pub fn prometheus_rules(cx: &Context<'_>, wanted: &Observability) -> Vec<Manifest> {
    if !wanted.rules.value {
        return Vec::new();
    }
    let all = namespaces(cx.profile);
    // What is the mesh's is told once: by the namespace of the profile, or by the first.
    let own = all.keys().copied().find(|it| **it == cx.profile.namespace).or(all.keys().next().copied());
    let rule = |(namespace, watched): (&Text, &Watched<'_>)| {
        let mut groups = record::groups(watched);
        groups.extend(budget::groups(watched, wanted.slo.as_ref()));
        groups.push(RuleGroup {
            name: "mesh.alerts",
            interval: None,
            rules: alerts(watched, wanted, own == Some(namespace)),
        });
        let metadata = cx.metadata(made("mesh"), namespace, labels(cx, wanted));
        let spec = PrometheusRuleSpec { groups };
        cx.core("monitoring.coreos.com/v1", wave::WATCH, PrometheusRule { metadata, spec })
    };
    all.iter().map(|(namespace, watched)| rule((namespace, watched))).collect()
}

/// The labels of what the Prometheus operator picks up.
pub fn labels(cx: &Context<'_>, wanted: &Observability) -> Labels {
    let mut labels = cx.common();
    for (key, value) in wanted.labels.iter() {
        labels.set(key.value.to_string(), value.value.clone());
    }
    labels
}

/// The alerts of a namespace; with those of the mesh, if it is the one that is told.
fn alerts(watched: &Watched<'_>, wanted: &Observability, of_mesh: bool) -> Vec<Rule> {
    let mut out = Alerts::new(watched.namespace, wanted.runbooks.as_ref());
    requests::alerts(watched, wanted.slo.as_ref(), &mut out);
    budget::alerts(watched, wanted.slo.as_ref(), &mut out);
    mutual_tls::alerts(watched, &mut out);
    if wanted.breaker_stats.value {
        breakers::alerts(watched, &mut out);
    }
    certificates::alerts(watched, of_mesh, &mut out);
    targets::alerts(watched, &mut out);
    if let Some(smoke) = wanted.smoke.as_ref().filter(|_| of_mesh) {
        targets::smoke(watched.profile, smoke, &mut out);
    }
    out.done()
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const TWO: &str = "services:\n  a: { versions: { v1: {} } }\n  b: { namespace: other, versions: { v1: {} } }\n\
                       clients: { c: { namespace: third } }\n";

    #[test]
    fn nothing_is_watched_unless_it_is_asked_for() {
        assert!(names(TWO, "PrometheusRule").is_empty());
        assert!(names(&format!("{TWO}observability: {{ dashboard: false }}"), "PrometheusRule").is_empty());
    }

    #[test]
    fn every_namespace_with_services_has_rules_and_one_tells_of_the_mesh() {
        let profile = format!("{TWO}observability: {{ rules: true, labels: {{ release: monitoring }} }}");
        assert_eq!(names(&profile, "PrometheusRule"), ["demo/mesh", "other/mesh"]);
        let own = object(&profile, "PrometheusRule", "mesh");
        assert!(
            own.contains("    release: monitoring\n") && own.contains("MeshRootCertificateExpires"),
            "{own}"
        );
        let elsewhere = object(&profile.replace("other", "aaa"), "PrometheusRule", "mesh");
        assert!(
            elsewhere.contains("namespace: aaa") && !elsewhere.contains("MeshRootCertificate"),
            "{elsewhere}"
        );
    }

    #[test]
    fn an_alert_leads_to_its_chapter() {
        let profile = format!("{TWO}observability: {{ rules: true, runbooks: 'https://example.com/a.md' }}");
        let text = object(&profile, "PrometheusRule", "mesh");
        assert!(text.contains("runbook_url: https://example.com/a.md#mesherrorratiohigh\n"), "{text}");
    }
}
