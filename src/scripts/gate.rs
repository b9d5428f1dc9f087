//! The hosts of the gateway, as somebody outside asks them.

use serde::Serialize;

use crate::profile::Profile;
use crate::scripts::ask::door_of;

/// A host of the gateway.
#[derive(Serialize)]
pub struct Gate {
    /// The address that is asked.
    url: String,
    /// The status that is right; 0: any that is no failure.
    status: u32,
    /// What is asked, for people.
    label: String,
}

/// Every host on every port of the gateway, once.
pub fn gates(profile: &Profile) -> Vec<Gate> {
    let Some(gateway) = &profile.gateway else { return Vec::new() };
    let redirects = gateway.tls.as_ref().and_then(|it| it.https_redirect.as_ref()).is_some_and(|it| it.value);
    let mut out = Vec::new();
    for (host, to) in gateway.hosts.iter() {
        let seen =
            profile.service(&to.service).and_then(|it| door_of(it, to.port.as_ref().map(|it| &it.value)));
        if seen.is_none() {
            continue;
        }
        let name = match host.strip_prefix('*') {
            Some("") => "meshgen.example.com".to_owned(),
            Some(rest) => format!("meshgen{rest}"),
            None => host.to_string(),
        };
        let ports = [("http", gateway.http.as_ref()), ("https", gateway.https.as_ref())];
        out.extend(ports.into_iter().filter_map(|(scheme, port)| {
            Some(Gate {
                url: format!("{scheme}://{name}:{}/", port?.value),
                status: if redirects && scheme == "http" { 301 } else { 0 },
                label: format!("gateway: {scheme}://{host}"),
            })
        }));
    }
    out
}
