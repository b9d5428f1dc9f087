//! Hosts as Gateways and Sidecars name them: `namespace/host`.
//!
//! Source: `ValidateNamespaceSlashWildcardHostname` in `pkg/config/validation/agent` of Istio.

use crate::lint::words::Verdict;
use crate::lint::words::host::{dns_label, partial_wildcard, wildcard_host, wildcard_host_or_ip};

/// A host of a Gateway's server: the namespace may be left out, and an address of a machine will do.
pub fn gateway_host(text: &str) -> Verdict {
    let Some((namespace, host)) = text.split_once('/') else {
        return full_name(text).and(wildcard_host_or_ip(text)).and(partial_wildcard(text));
    };
    if !["*", "."].contains(&namespace) {
        dns_label(namespace).map_err(|it| format!("of its namespace: {it}"))?;
    }
    full_name(host).and(wildcard_host_or_ip(host)).and(partial_wildcard(host))
}

/// A host of a Sidecar's egress: the namespace may have a `~` before it, which takes it out.
pub fn sidecar_host(text: &str) -> Verdict {
    let Some((namespace, host)) = text.split_once('/') else {
        return Err("it takes a namespace before the host, as in `./a.example.com`".to_owned());
    };
    if namespace.is_empty() {
        return Err("its namespace is empty".to_owned());
    }
    let bare = namespace.strip_prefix('~').unwrap_or(namespace);
    if !["", "*", "."].contains(&bare) {
        dns_label(bare).map_err(|it| format!("of its namespace: {it}"))?;
    }
    full_name(host).and(wildcard_host(host)).and(partial_wildcard(host))
}

fn full_name(host: &str) -> Verdict {
    if host == "*" || host.contains('.') || host.is_empty() {
        return Ok(());
    }
    Err(format!("`{host}` is a short name, and only full ones are taken here"))
}

#[cfg(test)]
mod tests {
    use crate::lint::words::scoped_host::{gateway_host, sidecar_host};

    #[test]
    fn a_gateway_takes_a_namespace_or_none() {
        for text in ["*", "*/*", "./a.b", "ns/*.a.b", "a.b", "10.0.0.1", "*/10.0.0.1"] {
            assert_eq!(gateway_host(text), Ok(()), "{text}");
        }
        for text in ["a", "ns/a", "/a.b", "a/", "~/a.b", "*a.b", "-/a.b", "::1", "ns/a.b/c", ""] {
            assert!(gateway_host(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_sidecar_needs_a_namespace_and_may_take_it_out() {
        for text in ["*/*", "./a.b", "~/*", "~ns/*", "ns/*.a.b", "~*/a.b"] {
            assert_eq!(sidecar_host(text), Ok(()), "{text}");
        }
        for text in ["a.b", "*", "ns/a", "/a.b", "./*a.b", "./10.0.0.1", "~-/a.b"] {
            assert!(sidecar_host(text).is_err(), "{text}");
        }
    }
}
