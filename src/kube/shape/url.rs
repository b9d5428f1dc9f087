//! URLs as Go's `url.ParseRequestURI` reads them, which is what `isURL` of the API server asks.

/// The scheme in lower case, empty for a path; `None` if the text is no URL.
pub fn scheme(text: &str) -> Option<String> {
    if text.is_empty() || text.bytes().any(|it| it < b' ' || it == 0x7f) {
        return None;
    }
    if text == "*" {
        return Some(String::new());
    }
    let (scheme, rest) = split_scheme(text)?;
    if !rest.starts_with('/') {
        // With a scheme it is opaque, and allowed; without one it is relative.
        return (!scheme.is_empty()).then_some(scheme);
    }
    let rest = rest.split('?').next().unwrap_or_default();
    if let Some(rest) = rest.strip_prefix("//").filter(|it| !scheme.is_empty() || !it.starts_with('/')) {
        let end = rest.find('/').unwrap_or(rest.len());
        return (is_authority(&rest[..end]) && is_escaped(&rest[end..])).then_some(scheme);
    }
    is_escaped(rest).then_some(scheme)
}

fn split_scheme(text: &str) -> Option<(String, &str)> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return None,
            b':' => return Some((text[..at].to_ascii_lowercase(), &text[at + 1..])),
            _ => break,
        }
    }
    Some((String::new(), text))
}

fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let in_user = |it: u8| it.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&it);
    if !user.bytes().all(in_user) || !is_escaped(user) {
        return false;
    }
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) => (name, port),
            None => return false,
        },
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let digits =
        port.strip_prefix(':').map_or(port.is_empty(), |it| it.bytes().all(|it| it.is_ascii_digit()));
    let fits = |it: u8| it >= 0x80 || it.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:[]<>\"%".contains(&it);
    // In a host only what is not ASCII may be escaped.
    let escapes = name.match_indices('%').all(|(at, _)| {
        name.get(at + 1..at + 3).and_then(|it| u8::from_str_radix(it, 16).ok()).is_some_and(|it| it >= 0x80)
    });
    digits && name.bytes().all(fits) && (escapes || host.starts_with('['))
}

/// Every `%` is followed by two hexadecimal digits.
fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pair = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
    bytes.iter().enumerate().all(|(at, it)| *it != b'%' || pair(at))
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::url::scheme;

    #[test]
    fn urls_are_read_as_go_reads_them() {
        assert_eq!(scheme("https://a.b:80/c?d").as_deref(), Some("https"));
        assert_eq!(scheme("OCI://a").as_deref(), Some("oci"));
        assert_eq!(scheme("/a/b").as_deref(), Some(""));
        assert_eq!(scheme("a:b").as_deref(), Some("a"));
        for text in ["", "a/b", "://a", "http://a b", "http://a:b", "http://a/%zz", "http://[::1", "1a://b"] {
            assert_eq!(scheme(text), None, "{text}");
        }
    }
}
