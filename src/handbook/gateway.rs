//! The way in from outside: the hosts of the gateway, and what it asks of the mesh.

use serde::Serialize;

use crate::handbook::words::table_of;
use crate::profile::Profile;
use crate::profile::outside::{GatewayTlsMode, TlsVersion};
use crate::template::code;

/// The way in from outside.
#[derive(Serialize)]
pub struct WayIn {
    /// `namespace/name` of the Gateway.
    object: String,
    hosts: Option<String>,
    /// A host that can be typed as it stands.
    first: Option<String>,
    http: Option<u16>,
    https: Option<u16>,
    redirect: bool,
    tls: Option<Tls>,
    /// Where its pods run, their labels and their account.
    namespace: String,
    selector: String,
    account: String,
}

#[derive(Serialize)]
struct Tls {
    secret: String,
    mutual: bool,
    least: &'static str,
}

impl WayIn {
    /// That of a profile, if it leads anywhere.
    pub fn of(profile: &Profile) -> Option<Self> {
        let gateway = profile.gateway.as_ref().filter(|it| !it.hosts.is_empty())?;
        let name = gateway.name.as_ref().unwrap_or(&profile.namespace);
        let rows = gateway.hosts.iter().map(|(host, to)| {
            let service = profile.service(&to.service).map_or(&to.service, |it| it.name());
            let port = to.port.as_ref().map_or_else(
                || "the first for HTTP".to_owned(),
                |it| code(&crate::handbook::words::port(&it.value)),
            );
            vec![code(host), code(service), port]
        });
        let mesh = &profile.mesh.gateway;
        let selector = mesh.selector.iter().map(|(key, value)| format!("{key}={value}"));
        Some(Self {
            object: format!("{}/{name}", profile.namespace),
            hosts: table_of(&["Host", "Service", "Port"], &rows.collect::<Vec<_>>()),
            first: gateway.hosts.names().find(|it| it.chars().all(plain)).map(str::to_owned),
            http: gateway.http.map(|it| it.0),
            https: gateway.https.map(|it| it.0),
            redirect: gateway.tls.as_ref().and_then(|it| it.https_redirect).is_some_and(|it| it.value),
            tls: gateway.tls.as_ref().map(|it| Tls {
                secret: it.credential_name.to_string(),
                mutual: it.mode.is_some_and(|it| it.value == GatewayTlsMode::Mutual),
                least: match it.min_protocol_version.map_or(TlsVersion::V1_2, |it| it.value) {
                    TlsVersion::V1_2 => "1.2",
                    TlsVersion::V1_3 => "1.3",
                },
            }),
            namespace: mesh.namespace.to_string(),
            selector: selector.collect::<Vec<_>>().join(","),
            account: mesh.service_account.to_string(),
        })
    }
}

/// What needs no quotes in a shell, and is no star.
fn plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '.'
}
