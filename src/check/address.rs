//! Addresses that are asked by HTTP: Prometheus, a load tester.

/// Whether a text is an address of HTTP: a scheme, a host, and nothing that an address cannot have.
pub fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let host = rest.map(|it| it.split(['/', '?']).next().unwrap_or_default());
    let clean = text.bytes().all(|it| it.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&it));
    clean
        && host.is_some_and(|it| it.bytes().next().is_some_and(|it| it.is_ascii_alphanumeric() || it == b'['))
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for good in ["http://a", "https://a.b:9090/path?x=1", "http://10.0.0.1:9090", "http://[::1]:9090"] {
            assert!(is_url(good), "{good}");
        }
        for bad in
            ["a", "a:9090", "ftp://a", "http://", "http:///x", "http://a b", "http://a\"b", "http://a\nb"]
        {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
