//! Host names: what Istio's validator takes where.
//!
//! Source: `pkg/config/validation/agent/validation.go` and `pkg/config/labels/instance.go`.

use crate::lint::words::{Verdict, address};

/// Letters, digits and dashes, neither first nor last a dash, at most 63: the label of a DNS name, in Istio's reading,
/// which takes capitals.
pub fn dns_label(text: &str) -> Verdict {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.len() > 63 {
        return Err(format!("it has {} characters, and a label of a name has at most 63", text.len()));
    }
    if is_label(text) {
        Ok(())
    } else {
        Err("it takes letters, digits and `-`, and begins and ends with a letter or digit".to_owned())
    }
}

/// The full name of a host; it may end in a dot.
pub fn fqdn(text: &str) -> Verdict {
    length(text)?;
    labels(text)
}

/// The name of a host, whose first label may be `*` or begin with `*` or `*-`.
pub fn wildcard_host(text: &str) -> Verdict {
    length(text)?;
    let (first, rest) = text.split_once('.').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let bare = first.strip_prefix("*-").or_else(|| first.strip_prefix('*')).unwrap_or(first);
    if first.len() > 63 || !(first == "*" || is_label(bare)) {
        return Err(unfit(first));
    }
    rest.map_or(Ok(()), labels)
}

/// As [`wildcard_host`], but an address of a machine will do, too.
pub fn wildcard_host_or_ip(text: &str) -> Verdict {
    wildcard_host(text).or_else(|reason| address::ip(text).map_err(|_| reason))
}

/// As [`wildcard_host`], but also the name that Istio's gateways give a service between networks:
/// `outbound_.80_.v1_.reviews.shop.svc.cluster.local`.
pub fn sni_host(text: &str) -> Verdict {
    if !text.starts_with("outbound_") || length(text).is_err() {
        return wildcard_host(text);
    }
    let parts: Vec<&str> = text.split('_').collect();
    let has = |at: usize, fits: fn(char) -> bool| parts.get(at).is_some_and(|it| it.contains(fits));
    if has(1, |it| it.is_ascii_digit()) && has(3, |it| it.is_ascii_alphabetic()) {
        Ok(())
    } else {
        Err("a name that begins with `outbound_` goes on as `.PORT_.SUBSET_.HOST`".to_owned())
    }
}

/// A wildcard stands for whole labels: `*` or `*.…`.
pub fn partial_wildcard(text: &str) -> Verdict {
    if text.contains('*') && text != "*" && !text.starts_with("*.") {
        return Err("its `*` is neither all of it nor its whole first label".to_owned());
    }
    Ok(())
}

fn length(text: &str) -> Verdict {
    match text.len() {
        0 => Err("it is empty".to_owned()),
        1..=255 => Ok(()),
        more => Err(format!("it has {more} characters, and a name has at most 255")),
    }
}

fn labels(text: &str) -> Verdict {
    let last = text.rsplit('.').next().unwrap_or_default();
    if is_go_number(last) {
        return Err(format!("its last label `{last}` is a number"));
    }
    // An empty label at the end is the dot that says that nothing follows.
    if text.is_empty() {
        return Ok(());
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    match text.split('.').find(|it| it.len() > 63 || !is_label(it)) {
        Some(label) => Err(unfit(label)),
        None => Ok(()),
    }
}

fn unfit(label: &str) -> String {
    if label.is_empty() {
        "one of its labels is empty".to_owned()
    } else {
        format!("its label `{label}` is none of DNS")
    }
}

fn is_label(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    let ends = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    ends(bytes.first()) && ends(bytes.last()) && bytes.iter().all(|it| fits(*it))
}

/// Whether Go's `strconv.Atoi` reads it: digits with a sign, perhaps.
fn is_go_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) && text.parse::<i64>().is_ok()
}

#[cfg(test)]
mod tests {
    use crate::lint::words::host::{dns_label, fqdn, partial_wildcard, wildcard_host, wildcard_host_or_ip};

    #[test]
    fn names_of_hosts_are_those_of_istio() {
        for text in ["a", "A.b-c.d", "a.b.", "1a", "a.", "x.1a"] {
            assert_eq!(fqdn(text), Ok(()), "{text}");
        }
        for text in
            ["", ".", "..", "a..b", "-a", "a.1", "a_b", "*.a", "a.b-", &"a".repeat(64), &"a.".repeat(128)]
        {
            assert!(fqdn(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_wildcard_is_in_the_first_label() {
        for text in ["*", "*.a.com", "*a.com", "*-a.com", "a", "1", "*."] {
            assert_eq!(wildcard_host(text), Ok(()), "{text}");
        }
        for text in ["a*.com", "a.*.com", "**.com", "*--", "*-.com", "10.0.0.1", ".a"] {
            assert!(wildcard_host(text).is_err(), "{text}");
        }
        assert!(wildcard_host_or_ip("10.0.0.1").is_ok() && wildcard_host_or_ip("10.0.0.256").is_err());
        assert!(partial_wildcard("*a.com").is_err() && partial_wildcard("*.com").is_ok());
        assert!(dns_label("a-b").is_ok() && dns_label("a.b").is_err());
    }
}
