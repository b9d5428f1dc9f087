//! URIs, as Go's `net/url` reads them.
//!
//! Source: `net/url/url.go` of Go 1.26.

use crate::lint::words::address;

/// What a URI is made of, as written.
#[derive(Debug, PartialEq, Eq)]
pub struct Uri<'t> {
    /// `https`; empty where there is none. Its case does not count.
    pub scheme: &'t str,
    /// The host with its port, of what follows `//`.
    pub host: &'t str,
}

/// What Go's `url.Parse` takes: a reference, with or without scheme.
///
/// # Errors
/// The reason why it is none.
pub fn uri(text: &str) -> Result<Uri<'_>, String> {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let found = parse(text, false)?;
    percent(fragment, |_| true)?;
    Ok(found)
}

/// What Go's `url.ParseRequestURI` takes: a URI with a scheme, or a path.
///
/// # Errors
/// The reason why it is none.
pub fn request_uri(text: &str) -> Result<Uri<'_>, String> {
    parse(text, true)
}

fn parse(text: &str, of_request: bool) -> Result<Uri<'_>, String> {
    if text.bytes().any(|it| it < 0x20 || it == 0x7f) {
        return Err("it has a control character".to_owned());
    }
    if text.is_empty() && of_request {
        return Err("it is empty".to_owned());
    }
    let (scheme, rest) = scheme(text)?;
    let rest = rest.split('?').next().unwrap_or_default();
    if !rest.starts_with('/') {
        if !scheme.is_empty() || text == "*" {
            return Ok(Uri { scheme, host: "" });
        }
        if of_request {
            return Err("it has neither a scheme nor a path that begins with `/`".to_owned());
        }
        if rest.split('/').next().is_some_and(|it| it.contains(':')) {
            return Err("its first part has a `:`".to_owned());
        }
    }
    let mut found = Uri { scheme, host: "" };
    let mut path = rest;
    if (!scheme.is_empty() || (!of_request && !rest.starts_with("///")))
        && let Some(authority) = rest.strip_prefix("//")
    {
        let (authority, after) = authority.split_at(authority.find('/').unwrap_or(authority.len()));
        found.host = self::authority(scheme, authority)?;
        path = after;
    }
    percent(path, |_| true)?;
    Ok(found)
}

/// The scheme and what follows its colon.
fn scheme(text: &str) -> Result<(&str, &str), String> {
    let fits = |(at, it): (usize, u8)| {
        it.is_ascii_alphabetic() || (at > 0 && (it.is_ascii_digit() || b"+-.".contains(&it)))
    };
    let end = text.bytes().enumerate().position(|it| !fits(it)).unwrap_or(text.len());
    match text[end..].strip_prefix(':') {
        Some(_) if end == 0 => Err("it has no scheme before its `:`".to_owned()),
        Some(rest) => Ok((&text[..end], rest)),
        None => Ok(("", text)),
    }
}

/// The host of what stands between `//` and the path.
fn authority<'t>(scheme: &str, text: &'t str) -> Result<&'t str, String> {
    let (user, host) = text.rsplit_once('@').map_or((None, text), |(user, host)| (Some(user), host));
    self::host(scheme, host)?;
    if let Some(user) = user {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&it);
        if !user.bytes().all(fits) {
            return Err(format!("its user `{user}` has a character that has to be written as `%XX`"));
        }
        percent(user, |_| true)?;
    }
    Ok(host)
}

fn host(scheme: &str, text: &str) -> Result<(), String> {
    match text.rfind('[') {
        Some(0) => {
            let Some(end) = text.rfind(']') else { return Err("its host has a `[` and no `]`".to_owned()) };
            port(&text[end + 1..])?;
            let (address, zone) = text[1..end].split_once("%25").unwrap_or((&text[1..end], "x"));
            percent(zone, |byte| byte == b' ' || of_host(byte))?;
            percent(address, |byte| byte >= 0x80)?;
            if address.contains(':') && !zone.is_empty() && address::ip(address).is_ok() {
                Ok(())
            } else {
                Err(format!("`{}` is no address of IP version 6", &text[1..end]))
            }
        }
        Some(_) => Err("its host has a `[` in the middle".to_owned()),
        None => {
            let strict = ["http", "https"].iter().any(|it| it.eq_ignore_ascii_case(scheme));
            let colon = if strict { text.find(':') } else { text.rfind(':') };
            port(colon.map_or("", |at| &text[at..]))?;
            if let Some(byte) = text.bytes().find(|it| it.is_ascii() && !of_host(*it) && *it != b'%') {
                return Err(format!("its host has `{}`", char::from(byte)));
            }
            percent(text, |byte| byte >= 0x80 || byte == b'%')
        }
    }
}

/// What may stand in a host as it is.
fn of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte)
}

fn port(text: &str) -> Result<(), String> {
    let fits =
        text.is_empty() || text.strip_prefix(':').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    if fits { Ok(()) } else { Err(format!("`{text}` after its host is no port")) }
}

/// Whether two hexadecimal digits follow every `%`, and they stand for a byte that may be written so.
fn percent(text: &str, fits: impl Fn(u8) -> bool) -> Result<(), String> {
    for (at, _) in text.match_indices('%') {
        let digits = text.get(at + 1..at + 3).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        if !byte.is_some_and(&fits) {
            return Err(
                "after a `%` must follow two hexadecimal digits of a byte that may be written so".to_owned()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::lint::words::uri::{request_uri, uri};

    #[test]
    fn uris_are_those_of_go() {
        let found = uri("https://user@example.com:8080/a%20b?c#d").unwrap();
        assert_eq!((found.scheme, found.host), ("https", "example.com:8080"));
        for text in ["a/b", "mailto:x", "//host/x", "http://[::1]:80/", "http://a_b", "*", "oci://x:y:80"] {
            assert!(uri(text).is_ok(), "{text}");
        }
        for text in [
            ":a",
            "a b:c",
            "http://a b/",
            "http://a:b/",
            "http://a%zz",
            "/%g1",
            "http://[a]",
            "1:2",
            "http://a:1:2",
        ] {
            assert!(uri(text).is_err(), "{text}");
        }
        assert!(request_uri("/a").is_ok() && request_uri("a").is_err() && request_uri("").is_err());
    }
}
