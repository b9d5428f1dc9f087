//! Mutual TLS: which mode holds where, and who can come in without it.

use serde::Serialize;

use crate::handbook::services::namespaces;
use crate::handbook::words::{some_codes, table_of};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::MtlsMode;
use crate::profile::settings::Injection;
use crate::template::code;

/// Which mode holds where.
#[derive(Serialize)]
pub struct MutualTls {
    table: Option<String>,
    /// Every port of every service takes mutual TLS only.
    strict: bool,
    /// Services that take plaintext at some port.
    plain: Option<String>,
    permissive: bool,
    injected: bool,
}

impl MutualTls {
    /// The modes of a profile.
    pub fn of(profile: &Profile, injection: Injection) -> Self {
        let takes_plain = |it: &ServiceRef<'_>| modes(*it).any(|it| it != Some(MtlsMode::Strict));
        let plain: Vec<&str> =
            profile.service_refs().filter(takes_plain).map(|it| it.name().as_str()).collect();
        let permissive =
            |it: ServiceRef<'_>| modes(it).any(|it| it.is_none_or(|it| it == MtlsMode::Permissive));
        Self {
            table: table(profile),
            strict: plain.is_empty() && !profile.services.is_empty(),
            permissive: profile.service_refs().any(permissive),
            plain: (!plain.is_empty()).then(|| some_codes(plain.into_iter(), 12)),
            injected: injection != Injection::None,
        }
    }
}

/// The mode of every port; `None` where the profile leaves it to the mesh.
pub fn modes(service: ServiceRef<'_>) -> impl Iterator<Item = Option<MtlsMode>> {
    service.service.ports.names().map(move |it| service.port_mtls(it).map(|it| it.value))
}

fn table(profile: &Profile) -> Option<String> {
    let mut rows = Vec::new();
    let mut row = |what: String, mode: MtlsMode| {
        let (word, takes) = words(mode);
        rows.push(vec![what, word.to_owned(), takes.to_owned()]);
    };
    if let Some(mode) = profile.mtls.mesh {
        row("the whole mesh".to_owned(), mode.value);
    }
    for namespace in namespaces(profile) {
        if let Some(mode) = profile.mtls_of(namespace) {
            row(format!("namespace {}", code(namespace)), mode.value);
        }
    }
    for service in profile.service_refs() {
        let Some(own) = &service.service.mtls else { continue };
        let name = code(service.name());
        if let Some(mode) = own.mode {
            row(format!("service {name}"), mode.value);
        }
        for (port, mode) in own.ports.iter() {
            row(format!("service {name}, port {}", code(port)), mode.value);
        }
    }
    table_of(&["Where", "Mode", "What is taken"], &rows)
}

fn words(mode: MtlsMode) -> (&'static str, &'static str) {
    match mode {
        MtlsMode::Strict => ("`STRICT`", "mutual TLS only: plaintext is reset before a request is read"),
        MtlsMode::Permissive => {
            ("`PERMISSIVE`", "mutual TLS from callers with a proxy, plaintext from all others")
        }
        MtlsMode::Disable => ("`DISABLE`", "plaintext only"),
    }
}
