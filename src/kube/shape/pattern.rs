//! The formats that the CRDs of the Gateway API ask for in a `pattern`.

use crate::kube::shape::text::{framed, is_lower, is_subdomain};

/// The name of a header, as HTTP has it.
pub fn is_token(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
    !text.is_empty() && text.bytes().all(fits)
}

/// Printable, with at most one blank in a row, and none at the ends.
pub fn is_header_value(text: &str) -> bool {
    let word = |it: &str| !it.is_empty() && it.bytes().all(|it| (b'!'..=b'~').contains(&it));
    text.split(['\t', ' ']).all(word)
}

/// One to four times one to five digits and a unit.
pub fn is_short_duration(text: &str) -> bool {
    let (mut rest, mut parts) = (text, 0);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = rest[digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if !(1..=5).contains(&digits) || !matches!(&rest[digits..digits + unit], "h" | "m" | "s" | "ms") {
            return false;
        }
        rest = &rest[digits + unit..];
        parts += 1;
    }
    (1..=4).contains(&parts)
}

/// What the path of a URL may have, with `%` only before two hexadecimal digits.
pub fn is_path(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"-/._~!$&'()*+,;=:@".contains(&it);
    let mut parts = text.split('%');
    let first = parts.next().unwrap_or_default().bytes().all(fits);
    let escaped = |it: &str| {
        it.len() >= 2 && it.bytes().take(2).all(|it| it.is_ascii_hexdigit()) && it.bytes().skip(2).all(fits)
    };
    !text.is_empty() && first && parts.all(escaped)
}

/// `*`, or a scheme, a host and perhaps a port.
pub fn is_origin(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http").map(|it| it.strip_prefix('s').unwrap_or(it)) else {
        return text == "*";
    };
    let Some(authority) = rest.strip_prefix("://") else { return false };
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "0"));
    let label = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let named = host.strip_prefix("*.").unwrap_or(host).split('.').all(label);
    (host == "*" || named) && (1..=5).contains(&port.len()) && port.bytes().all(|it| it.is_ascii_digit())
}

/// A scheme, `://` and anything.
pub fn is_uri(text: &str) -> bool {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    !scheme.is_empty() && !scheme.contains(['/', '?', '#']) && rest.starts_with("//")
}

/// A domain, `/` and a path.
pub fn is_controller(text: &str) -> bool {
    let Some((domain, path)) = text.split_once('/') else { return false };
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&it);
    is_subdomain(domain) && !path.is_empty() && path.bytes().all(fits)
}

/// A word, or anything that ends in a domain, `/` and a word: the pattern of the Gateway API is open at its start.
pub fn is_protocol(text: &str) -> bool {
    let word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
    let tail = text.rsplit_once('/');
    let domain = tail.is_some_and(|(domain, name)| ends_in_a_domain(domain) && word(name));
    framed(text, |it| it.is_ascii_alphanumeric(), b"-") || domain
}

/// The pattern of the Gateway API is open at all ends but one each.
pub fn is_address_type(text: &str) -> bool {
    let path = |it: &str| {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&it);
        !it.is_empty() && it.bytes().all(fits)
    };
    let domain =
        text.match_indices('/').any(|(at, _)| ends_in_a_domain(&text[..at]) && path(&text[at + 1..]));
    text.starts_with("Hostname") || text.contains("IPAddress") || text.contains("NamedAddress") || domain
}

fn ends_in_a_domain(text: &str) -> bool {
    text.bytes().last().is_some_and(is_lower)
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::text::tests::assert_format;

    #[test]
    fn what_the_gateway_api_asks_for_is_asked_for() {
        assert_format("path", &["/", "/a/%2F", "a"], &["", "/%2", "/%zz", "/a b", "/a?b", "/a#b"]);
        assert_format(
            "origin",
            &["*", "https://*.a.b:80", "http://*"],
            &["https", "ftp://a", "https://a/b", "https://*a"],
        );
        assert_format("uri", &["spiffe://a/b", "x://"], &["a/b", "://a", "mailto:a"]);
        assert_format("controller", &["a.b/c", "a/b/c"], &["a", "a/", "A/b", "/b"]);
        assert_format("protocol", &["HTTP", "a.b/c"], &["", "-", "a.b/", "a b"]);
        assert_format("address-type", &["IPAddress", "Hostname", "a.b/c"], &["IP", "", "a"]);
        assert_format("header-value", &["a b", "a\tb"], &["", " a", "a ", "a  b"]);
        assert_format("token", &["X-A_b.c"], &["", "a b", "a:b", ":path"]);
        assert_format("certificates", &["System", "a.b/c"], &["system", "a", "a/b/c"]);
    }
}
