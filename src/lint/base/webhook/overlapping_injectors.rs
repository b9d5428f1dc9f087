//! One injector is asked about a pod, or none.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Severity;
use crate::lint::base::webhook::{REVISION, injectors, revisions};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::selector::selects;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5205",
    name: "overlapping-injectors",
    severity: Severity::Error,
    equivalents: &["IST0139"],
    why: "Each of them puts a proxy into the same pod, of different versions perhaps: it does not start, or its traffic \
          goes in circles.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { ports: [{ name: https-webhook, port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: injector.istio.io #~
  clientConfig: { service: { name: istiod, namespace: istio-system, path: /inject } }
  namespaceSelector: { matchLabels: { istio-injection: enabled } }
  admissionReviewVersions: [v1]
  sideEffects: None
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector-canary }
webhooks:
- name: injector.istio.io #~
  clientConfig: { service: { name: istiod, namespace: istio-system, path: /inject } }
  namespaceSelector: { matchLabels: { istio-injection: enabled } }
  admissionReviewVersions: [v1]
  sideEffects: None
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { ports: [{ name: https-webhook, port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: injector.istio.io
  clientConfig: { service: { name: istiod, namespace: istio-system, path: /inject } }
  namespaceSelector:
    matchLabels: { istio-injection: enabled }
  admissionReviewVersions: [v1]
  sideEffects: None
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector-canary }
webhooks:
- name: injector.istio.io
  clientConfig: { service: { name: istiod, namespace: istio-system, path: /inject } }
  namespaceSelector:
    matchLabels: { istio.io/rev: canary }
    matchExpressions: [{ key: istio-injection, operator: DoesNotExist }]
  admissionReviewVersions: [v1]
  sideEffects: None
",
    run: Run::All(run),
};

/// Every pair of labels is tried: no mesh has as many revisions at a time.
const MOST_REVISIONS: usize = 64;

/// A webhook and the configuration that it is of.
type Hook<'m> = (&'m Object, &'m Node);

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let configurations = injectors(cluster);
    let revisions: BTreeSet<&str> =
        configurations.iter().flat_map(|it| revisions(it)).take(MOST_REVISIONS).collect();
    let hooks: Vec<Hook<'_>> = configurations
        .iter()
        .flat_map(|it| it.node.list("webhooks").iter().map(|hook| (*it, hook)))
        .collect();
    // Of each webhook the sets of others that are asked about the same pods.
    let mut rivals: BTreeMap<usize, BTreeSet<Vec<String>>> = BTreeMap::new();
    let of_objects = labels("sidecar.istio.io/inject", &["true", "false"], &revisions);
    for of_namespace in labels("istio-injection", &["enabled", "disabled"], &revisions) {
        let asked = hooks.iter().enumerate().filter(|(_, it)| fits(it.1, "namespaceSelector", &of_namespace));
        let asked: Vec<usize> = asked.map(|it| it.0).collect();
        for of_object in of_objects.iter().filter(|_| asked.len() > 1) {
            let both: Vec<usize> =
                asked.iter().copied().filter(|it| fits(hooks[*it].1, "objectSelector", of_object)).collect();
            for place in &both {
                let others: BTreeSet<String> = both
                    .iter()
                    .map(|it| title(hooks[*it]))
                    .filter(|it| *it != title(hooks[*place]))
                    .collect();
                if !others.is_empty() {
                    rivals.entry(*place).or_default().insert(others.into_iter().collect());
                }
            }
        }
    }
    let mut told = BTreeSet::new();
    for (place, sets) in rivals {
        let (configuration, hook) = hooks[place];
        let at = hook.get("name").map_or(configuration.span(), |it| it.span);
        for others in sets {
            if !told.insert((configuration.id, others.clone())) {
                continue;
            }
            let message =
                format!("{} and {} are asked about the same pods", title(hooks[place]), others.join(", "));
            let help =
                "narrow their selectors, or take away the one that is left over from an older installation";
            findings.push(findings.on(configuration, at, message).help(help));
        }
    }
}

fn title((configuration, hook): Hook<'_>) -> String {
    format!("`{}/{}`", configuration.name, hook.word("name").map_or("", Str::as_str))
}

type Labels<'l> = BTreeMap<&'l str, &'l str>;

/// The labels that injectors tell apart: one of a key's values or none, with one of the revisions or none.
fn labels<'l>(key: &'l str, values: &[&'l str], revisions: &BTreeSet<&'l str>) -> Vec<Labels<'l>> {
    let mut all = Vec::new();
    for revision in [None].into_iter().chain(revisions.iter().copied().map(Some)) {
        for value in [None].into_iter().chain(values.iter().copied().map(Some)) {
            let pairs = [(key, value), (REVISION, revision)];
            all.push(pairs.into_iter().filter_map(|(key, it)| it.map(|it| (key, it))).collect());
        }
    }
    all
}

fn fits(hook: &Node, selector: &str, labels: &Labels<'_>) -> bool {
    hook.get(selector).is_none_or(|it| selects(it, |key: &str| labels.get(key).copied()))
}
