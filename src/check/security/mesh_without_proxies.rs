//! What proxies enforce needs proxies.

use crate::check::walk::{Owner, authz, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::{Access, MtlsMode};
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2210",
    name: "mesh-without-proxies",
    severity: Severity::Error,
    equivalents: &["IST0102"],
    why: "Modes of mutual TLS and access rules are enforced by the proxy of the pod that is called. Without injection \
          they look as if they protected something.",
    bad: "
mesh: { injection: none } #~
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
authz:
  default: deny
  allow: { reads: { from: test, to: hello } }
",
    good: "
mesh: { injection: none }
mtls: null
services: { hello: { versions: { v1: {} } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(injection) = profile.mesh.injection.filter(|it| it.value == Injection::None) else {
        return single(profile, findings);
    };
    let rule = authz(profile).next().map(|it| it.name.span);
    let denies = (profile.authz.default.value == Access::Deny).then_some(profile.authz.default.span);
    if let Some(span) = rule.or(denies) {
        let finding =
            findings.at(injection.span, "access rules are enforced by proxies, and no pod gets one");
        let finding = finding.related(span, "enforced by nobody");
        findings.push(finding.help("inject proxies, or take the rules away and use `networkPolicy: true`"));
    }
    let own = profile.services.values().filter_map(|it| it.mtls.as_ref()?.mode.as_ref());
    let mtls = &profile.mtls;
    let mut modes = mtls.namespace.iter().chain(mtls.namespaces.values()).chain(own);
    if let Some(strict) = modes.find(|it| it.value == MtlsMode::Strict) {
        let mut finding =
            findings.at(injection.span, "mutual TLS is enforced by proxies, and no pod gets one");
        finding.severity = Severity::Warning;
        findings.push(
            finding.related(strict.span, "enforced by nobody").help("inject proxies, or write `mtls: null`"),
        );
    }
}

/// A pod may leave its proxy out by itself.
fn single(profile: &Profile, findings: &mut Findings<'_>) {
    const KEY: &str = "sidecar.istio.io/inject";
    for it in workloads(profile) {
        let texts = it.version.labels.find(KEY).or_else(|| it.version.annotations.find(KEY));
        let Some((key, _)) = texts.filter(|(_, value)| value.value == "false") else { continue };
        let (message, help) = match it.owner {
            Owner::Client => (
                format!("{it} gets no proxy: it has no identity, and strict services refuse it"),
                "say `mtls: permissive` of the services that it calls, and let it in by address (`ipBlocks`)",
            ),
            Owner::Service(_) => (
                format!("{it} gets no proxy, so nothing asks its callers for mutual TLS or for leave"),
                "let it have its proxy, or keep callers out with `networkPolicy: true`",
            ),
        };
        let mut finding = findings.at(key.span, message);
        finding.severity = Severity::Warning;
        findings.push(finding.help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn a_pod_that_leaves_its_proxy_out_is_told() {
        let said = messages(
            &[&RULE],
            "services: { hello: { versions: { v1: { labels: { sidecar.istio.io/inject: 'false' } } } } }\n\
             clients: { test: { annotations: { sidecar.istio.io/inject: 'false' } }, other: { labels: { sidecar.istio.io/inject: 'true' } } }",
        );
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("version `v1` of `hello` gets no proxy"), "{said:?}");
        assert!(said[1].contains("client `test` gets no proxy"), "{said:?}");
    }
}
