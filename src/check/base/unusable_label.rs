//! Labels and annotations have keys and values that Kubernetes takes, and leave ours alone.

use crate::check::names::{LABEL_VALUE, label_key_flaw, shown};
use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;
use crate::yaml::Named;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2104",
    name: "unusable-label",
    severity: Severity::Error,
    equivalents: &["VAL-LABEL"],
    why: "The API server refuses keys and values of another form. The labels `app` and `version` are what Services, \
          subsets and policies select by: a pod that changes them is found by none of them.",
    bad: "
services:
  hello:
    versions:
      v1: { labels: { 'team name': a } } #~
      v2: { labels: { team: 'the a team' } } #~
      v3: { labels: { version: stable } } #~
      v4: { annotations: { a/b/c: d } } #~
    routes: { default: { split: { v1: 100 } } }
observability:
  labels: { 'which one': a } #~
  logs: { labels: { app: logs } } #~
",
    good: "
services:
  hello:
    versions:
      v1: { labels: { example.org/team: the-a.team }, annotations: { example.org/note: 'the a team' } }
",
    run,
};

const OURS: [&str; 8] = [
    "app",
    "version",
    "app.kubernetes.io/component",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/name",
    "app.kubernetes.io/version",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/part-of",
];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in workloads(profile) {
        ours(&it.version.labels, &it.to_string(), findings);
        labels(&it.version.labels, findings);
        for (annotation, _) in it.version.annotations.iter() {
            judge_key(annotation, "an annotation", findings);
        }
    }
    if let Some(observability) = &profile.observability {
        let (watched, logs) = (&observability.labels, observability.logs.as_ref());
        for (those, of) in
            [(watched, "what is watched")].into_iter().chain(logs.map(|it| (&it.labels, "`logs`")))
        {
            ours(those, of, findings);
            labels(those, findings);
        }
    }
    labels(&profile.mesh.gateway.selector, findings);
    profile.observability.iter().for_each(|it| labels(&it.labels, findings));
    if profile.mesh.gateway.selector.is_empty() && profile.gateway.is_some() {
        let span = profile.mesh.gateway.namespace.span;
        let finding =
            findings.at(span, "`mesh.gateway.selector` is empty, which means every pod of the mesh");
        findings.push(finding.help("name the labels of the gateway's pods: `{ istio: ingressgateway }`"));
    }
}

fn ours(labels: &Named<Text>, of: &str, findings: &mut Findings<'_>) {
    for (key, _) in labels.iter().filter(|(key, _)| OURS.contains(&key.as_str())) {
        let finding = findings.at(key.span, format!("the label `{key}` of {of} is set by meshgen"));
        findings.push(finding.help("choose another key, with a prefix: `example.org/…`"));
    }
}

fn labels(labels: &Named<Text>, findings: &mut Findings<'_>) {
    for (key, value) in labels.iter() {
        judge_key(key, "a label", findings);
        if let Some(flaw) = LABEL_VALUE.flaw(value).filter(|_| !value.is_empty()) {
            let message = format!("`{}` cannot be the value of a label: it {flaw}", shown(value));
            let finding = findings.at(value.span, message);
            findings.push(match LABEL_VALUE.mend(value) {
                Some(mended) => finding.help(format!("write `{mended}`, or make it an annotation")),
                None => finding.help("an annotation takes any text"),
            });
        }
    }
}

fn judge_key(key: &Text, role: &str, findings: &mut Findings<'_>) {
    if let Some(flaw) = label_key_flaw(key) {
        findings
            .push(findings.at(key.span, format!("`{}` cannot be the key of {role}: it {flaw}", shown(key))));
    }
}
