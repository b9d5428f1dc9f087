//! What becomes the name of an object is a name that Kubernetes takes.

use crate::check::names::{DATA_KEY, LABEL, SERVICE, SUBDOMAIN, judge};
use crate::check::walk::{Owner, WorkloadRef, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::workload::EnvValue;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2102",
    name: "unusable-name",
    severity: Severity::Error,
    equivalents: &["MG-40", "VAL-DR-04", "VAL-GW-01"],
    why: "Names of services, versions, namespaces and rules become names of objects and values of labels. The API server \
          refuses what is no DNS name.",
    bad: "
services:
  Hello_World: { versions: { v1: {} } } #~
  1st: { versions: { v1: {} } } #~
  hello: { versions: { v1.2: {} } } #~
  other: { namespace: Team A, versions: { v1: {} } } #~
  dns: { namespace: kube-system, versions: { v1: {} } } #~
clients:
  test: { serviceAccount: '' } #~
authz:
  allow:
    'Client reads': { from: test, to: hello } #~
",
    good: "
services:
  Hello_World: { name: hello-world, versions: { v1-2: {} } }
clients:
  test: { serviceAccount: tester.example }
authz:
  allow:
    client-reads: { from: test, to: Hello_World }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    namespace(Some(&profile.namespace), findings);
    for service in profile.service_refs() {
        judge(&SERVICE, service.name(), "the name of a service", findings);
        namespace(service.service.namespace.as_ref(), findings);
        judge_some(
            service.service.service_account.as_ref(),
            &SUBDOMAIN,
            "the name of a service account",
            findings,
        );
    }
    for it in workloads(profile) {
        workload(&it, findings);
    }
    for client in profile.client_refs() {
        judge(&LABEL, client.name(), "the name of a client", findings);
        namespace(client.client.namespace.as_ref(), findings);
        judge_some(
            client.client.service_account.as_ref(),
            &SUBDOMAIN,
            "the name of a service account",
            findings,
        );
    }
    for caller in profile.callers.values() {
        judge(&LABEL, &caller.namespace, "the name of a namespace", findings);
        judge(&SUBDOMAIN, &caller.service_account, "the name of a service account", findings);
    }
    objects(profile, findings);
    mesh(profile, findings);
}

/// Namespaces of Kubernetes itself, where nothing is injected and nothing of ours should be labelled.
const SYSTEM: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];

/// A namespace that gets a Namespace of ours.
fn namespace(name: Option<&crate::source::Text>, findings: &mut Findings<'_>) {
    let Some(name) = name else { return };
    if SYSTEM.contains(&name.as_str()) {
        let message = format!("`{name}` belongs to Kubernetes, and no pod there gets a proxy");
        return findings.push(findings.at(name.span, message).help("choose a namespace of your own"));
    }
    judge(&LABEL, name, "the name of a namespace", findings);
}

fn judge_some(
    text: Option<&crate::source::Text>,
    form: &crate::check::names::Form,
    role: &str,
    findings: &mut Findings<'_>,
) {
    if let Some(text) = text {
        judge(form, text, role, findings);
    }
}

fn workload(it: &WorkloadRef<'_>, findings: &mut Findings<'_>) {
    if let Owner::Service(service) = it.owner {
        judge(&LABEL, it.key, "the name of a version", findings);
        let length = service.name().len() + 1 + it.key.len();
        if length > 63 && service.name().len() <= 63 && it.key.len() <= 63 {
            let message =
                format!("`{}-{}` is {length} characters long, and 63 are the most", service.name(), it.key);
            findings.push(
                findings.at(it.key.span, message).help("it names the Deployment: shorten service or version"),
            );
        }
    }
    for value in it.version.env.values() {
        match value {
            EnvValue::Text(_) => {}
            EnvValue::Secret(reference) => {
                judge(&SUBDOMAIN, &reference.name, "the name of a Secret", findings);
                judge(&DATA_KEY, &reference.key, "a key of a Secret", findings);
            }
            EnvValue::ConfigMap(reference) => {
                judge(&SUBDOMAIN, &reference.name, "the name of a ConfigMap", findings);
                judge(&DATA_KEY, &reference.key, "a key of a ConfigMap", findings);
            }
        }
    }
}

fn objects(profile: &Profile, findings: &mut Findings<'_>) {
    let rules = profile.authz.allow.iter().chain(profile.authz.deny.iter()).map(|(name, _)| name);
    for name in rules {
        judge(&SUBDOMAIN, name, "the name of a rule", findings);
    }
    for (name, _) in profile.jwt.iter() {
        judge(&SUBDOMAIN, name, "the name of an issuer", findings);
    }
    for (name, _) in profile.external.iter() {
        judge(&SUBDOMAIN, name, "the name of an external service", findings);
    }
    let Some(gateway) = &profile.gateway else { return };
    judge_some(gateway.name.as_ref(), &LABEL, "the name of a gateway", findings);
    let secret = gateway.tls.as_ref().map(|it| &it.credential_name);
    judge_some(secret.filter(|it| !it.contains("://")), &SUBDOMAIN, "the name of a Secret", findings);
}

fn mesh(profile: &Profile, findings: &mut Findings<'_>) {
    judge(&LABEL, &profile.mesh.root_namespace, "the name of a namespace", findings);
    judge(&LABEL, &profile.mesh.gateway.namespace, "the name of a namespace", findings);
    judge(&SUBDOMAIN, &profile.mesh.gateway.service_account, "the name of a service account", findings);
    judge_some(profile.mesh.revision.as_ref(), &LABEL, "a revision", findings);
    let prometheus = profile.observability.as_ref().and_then(|it| it.prometheus.as_ref());
    judge_some(prometheus.map(|it| &it.namespace), &LABEL, "the name of a namespace", findings);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn the_name_of_a_deployment_has_63_characters_at_the_most() {
        let (a, v) = ("a".repeat(40), "v".repeat(23));
        let said = messages(&[&RULE], &format!("services: {{ {a}: {{ versions: {{ {v}: {{}} }} }} }}"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("is 64 characters long"));
    }
}
