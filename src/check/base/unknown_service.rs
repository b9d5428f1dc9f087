//! Whoever names a service names one of the profile.

use crate::check::walk::{authz, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2130",
    name: "unknown-service",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA1101", "KIA0202", "KIA0104"],
    why: "A mirror, a host of the gateway or a rule for a service that is not there applies to nothing, silently.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { mirror: { service: shadow } } } #~
clients: { test: {} }
gateway:
  http: 80
  hosts: { hello.example.com: helo } #~
authz:
  allow:
    reads: { to: [hello, test], methods: GET } #~
expect:
  a: { from: test, to: hallo, get: /, status: 200 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { mirror: { service: demo/shadow } } }
  shadow: { versions: { v1: {} } }
clients: { test: {} }
external:
  api: { hosts: api.example.org, ports: { http: { number: 80, protocol: http } } }
gateway:
  http: 80
  hosts: { hello.example.com: hello }
authz:
  allow:
    reads: { to: hello, methods: GET }
expect:
  a: { from: test, to: hello, get: /, status: 200 }
  b: { from: ingress, to: hello.example.com, get: /, status: 200 }
  c: { from: test, to: api, get: /, status: 200 }
  d: { from: test, to: 'http://hello.demo.svc.cluster.local', get: /, status: 200 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        if let Some(service) = it.route.mirror.as_ref().and_then(|it| it.service.as_ref()) {
            judge(profile, service, findings);
        }
    }
    let exposed = profile.gateway.iter().flat_map(|it| it.hosts.values()).map(|it| &it.service);
    let ruled = authz(profile).flat_map(|it| it.rule.to.iter());
    let checking = profile.jwt.values().flat_map(|it| it.to.iter());
    let rolled = profile.rollout.iter().flat_map(|it| it.services.iter());
    let loaded = profile.load.values().map(|it| &it.to);
    let smoke = profile.observability.iter().flat_map(|it| &it.smoke).flat_map(|it| it.requests.values());
    let asked = smoke.map(|it| &it.to);
    for service in exposed.chain(ruled).chain(checking).chain(rolled).chain(loaded).chain(asked) {
        judge(profile, service, findings);
    }
    for to in profile.expect.values().map(|it| &it.to) {
        // What has a dot is a host, and may be one that nobody declared: that can be what is tested.
        let host = to.contains('.') || to.contains("://");
        if !host && profile.external.get(to).is_none() {
            judge(profile, to, findings);
        }
    }
}

fn judge(profile: &Profile, name: &Text, findings: &mut Findings<'_>) {
    if profile.service(name).is_some() {
        return;
    }
    let finding = findings.at(name.span, format!("there is no service `{name}`"));
    findings.push(if let Some(client) = profile.client(name) {
        finding
            .related(client.id.span, "a client, which nobody can call")
            .help("name a service: what is called")
    } else {
        finding.suggest(name, profile.services.names())
    });
}
