//! What a condition of `when` may compare: its key, and what values that key takes.
//!
//! Source: `pkg/config/security/security.go`.

use crate::lint::words::Verdict;
use crate::lint::words::address::{ip, network};
use crate::yaml::Node;

/// Keys that take any text.
const TEXTS: [&str; 6] = [
    "source.namespace",
    "source.principal",
    "request.auth.principal",
    "request.auth.audiences",
    "request.auth.presenter",
    "connection.sni",
];
/// Keys that take texts of a kind.
const OTHERS: [&str; 6] = [
    "source.ip",
    "remote.ip",
    "destination.ip",
    "destination.port",
    "source.serviceAccount",
    "source.trustDomain",
];
/// Beginnings of keys that are followed by a name in brackets.
const NAMED: [&str; 3] = ["request.headers", "request.auth.claims", "experimental.envoy.filters."];

/// Every key, as a reader would write it.
pub fn keys() -> impl Iterator<Item = &'static str> {
    let named = ["request.headers[name]", "request.auth.claims[name]"];
    TEXTS.into_iter().chain(OTHERS).chain(named)
}

/// Whether Istio knows the key.
pub fn key(key: &str) -> Verdict {
    if NAMED.iter().any(|it| key.starts_with(it)) {
        let name = key.find('[').filter(|at| key.ends_with(']') && *at > 0 && at + 2 < key.len());
        return name.map(|_| ()).ok_or_else(|| "it is written with a name in brackets, as `a[b]`".to_owned());
    }
    match key {
        _ if TEXTS.contains(&key) || OTHERS.contains(&key) => Ok(()),
        "destination.namespace" => Err("a policy is for its own namespace".to_owned()),
        "destination.name" | "destination.user" => {
            Err("the `selector` says which workload is called".to_owned())
        }
        _ if key.starts_with("destination.labels") => {
            Err("the `selector` says which workload is called".to_owned())
        }
        _ => Err("Istio does not know it".to_owned()),
    }
}

/// Whether the key takes the value.
pub fn value(key: &str, text: &str) -> Verdict {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    match key {
        "source.ip" | "remote.ip" | "destination.ip" => block(text),
        "destination.port" if !is_port(text) => Err("it is no number of a port".to_owned()),
        "source.serviceAccount" => service_account(text),
        "source.trustDomain" => wildcard(text),
        _ => Ok(()),
    }
}

/// How many values a key takes: of service accounts no more than 16.
pub const MOST_ACCOUNTS: usize = 16;

/// The values of a condition, those that are denied last.
pub fn values(condition: &Node) -> impl Iterator<Item = &Node> {
    condition.list("values").iter().chain(condition.list("notValues"))
}

/// What Istio compares addresses with: whatever has a slash is a network.
pub fn block(text: &str) -> Verdict {
    if text.contains('/') { network(text) } else { ip(text) }
}

/// Digits that make no more than 65535; Istio takes a zero.
pub fn is_port(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit()) && text.parse::<u32>().is_ok_and(|it| it <= 65535)
}

/// A service account: its name, or its namespace and its name.
pub fn service_account(text: &str) -> Verdict {
    if text.contains('*') {
        return Err("it takes no `*`".to_owned());
    }
    if text.len() > 320 {
        return Err("it has more than 320 characters".to_owned());
    }
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() > 2 || parts.contains(&"") {
        return Err("it is neither `name` nor `namespace/name`".to_owned());
    }
    Ok(())
}

/// A text with at most one `*`, at its beginning or its end.
pub fn wildcard(text: &str) -> Verdict {
    match text.matches('*').count() {
        0 => Ok(()),
        1 if text.starts_with('*') || text.ends_with('*') => Ok(()),
        1 => Err("its `*` is neither at its beginning nor at its end".to_owned()),
        _ => Err("it has more than one `*`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::policy::condition::{is_port, key, service_account, value, wildcard};

    #[test]
    fn keys_with_a_name_have_it_in_brackets() {
        assert!(key("request.headers[x]").is_ok() && key("request.auth.claims[a][b]").is_ok());
        assert!(key("request.headers[]").is_err() && key("request.headers").is_err());
        assert!(
            key("experimental.envoy.filters.a[b]").is_ok() && key("experimental.envoy.filters.a").is_err()
        );
        assert!(
            key("source.ip").is_ok() && key("source.IP").is_err() && key("destination.labels[a]").is_err()
        );
    }

    #[test]
    fn a_value_fits_its_key() {
        assert!(value("source.ip", "10.0.0.0/8").is_ok() && value("source.ip", "a").is_err());
        assert!(value("destination.port", "0").is_ok() && value("destination.port", "65536").is_err());
        assert!(value("source.principal", "a*b").is_ok() && value("source.principal", "").is_err());
    }

    #[test]
    fn accounts_ports_and_wildcards_have_their_forms() {
        assert!(service_account("a/b").is_ok() && service_account("a").is_ok());
        assert!(service_account("a/b/c").is_err() && service_account("/b").is_err());
        assert!(service_account("a*").is_err());
        assert!(wildcard("*a").is_ok() && wildcard("a*").is_ok() && wildcard("a*b").is_err());
        assert!(wildcard("*").is_ok() && wildcard("*a*").is_err());
        assert!(is_port("080") && !is_port("+80") && !is_port(""));
    }
}
