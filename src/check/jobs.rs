//! What every Job that makes requests needs: somebody who makes them, HTTP at the other end, and a proxy that lets it end.
//!
//! Who may stand in a rule of access may be any identity; who runs a Job is a client, whose image has curl.

use crate::profile::Profile;
use crate::rule::Findings;
use crate::source::Text;

/// Whoever calls must be a client of the profile.
pub fn known_client(profile: &Profile, client: &Text, findings: &mut Findings<'_>) {
    if profile.client(client).is_none() {
        let finding = findings.at(client.span, format!("there is no client `{client}`"));
        findings.push(finding.suggest(client, profile.clients.names()));
    }
}

/// Only HTTP can be asked so; that a service exists is for another rule.
pub fn speaks_http(profile: &Profile, to: &Text, what: &str, findings: &mut Findings<'_>) {
    let Some(service) = profile.service(to) else { return };
    if !service.service.ports.values().any(|it| it.protocol.is_http()) {
        let finding = findings.at(to.span, format!("{what} is HTTP, and `{to}` has no such port"));
        findings.push(finding.related(service.id.span, "its ports are here").help("ask another service"));
    }
}

/// A Job ends beside its proxy only where that is a native sidecar, which the annotation asks for since Istio 1.24.
pub fn native_sidecar(profile: &Profile, client: &Text, findings: &mut Findings<'_>) {
    let oldest = &profile.mesh.istio;
    if (oldest.major, oldest.minor) < (1, 24) {
        let message = format!("Istio {}.{} lets no Job end: its proxy goes on", oldest.major, oldest.minor);
        let finding = findings.at(client.span, message).related(oldest.span, "the oldest release to serve");
        findings.push(finding.help("Jobs need Istio 1.24, whose proxies can be native sidecars"));
    }
}
