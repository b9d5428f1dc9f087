//! How a path is written as a URI, as SARIF wants its places.

/// A path as a URI: relative ones stay so, as they are meant from the root of the repository.
pub fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut rest = path.as_str();
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter.trim_start_matches('/');
    }
    let mut uri = String::from(if rest.starts_with('/') { "file://" } else { "" });
    for byte in rest.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    uri
}

/// One digit of a byte; `half` is below 16.
pub fn hex(half: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(half)])
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("././a/b-1.yaml"), "a/b-1.yaml");
        assert_eq!(uri(r".\a\ü b.yaml"), "a/%C3%BC%20b.yaml");
        assert_eq!(uri("/x/100%.yaml"), "file:///x/100%25.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
