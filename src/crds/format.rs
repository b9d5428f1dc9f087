//! The formats of texts that the API server looks at; all others, as `int32` or `url`, it passes over.
//!
//! Source: `pkg/apiserver/validation/formats.go` of apiextensions-apiserver, and the checks of `kube-openapi`.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;

use regex::Regex;

use crate::crds::pattern::compile;

/// A format and its check.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name, as the schema spells it without hyphens.
    pub name: &'static str,
    /// What a message calls such a text.
    pub words: &'static str,
    check: fn(&str) -> bool,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

impl Format {
    /// The format of a name; `None` if the API server passes over it.
    pub fn of(name: &str) -> Option<Self> {
        let bare = name.replace('-', "");
        let (name, words, check) = *FORMATS.iter().find(|(it, ..)| *it == bare)?;
        Some(Self { name, words, check })
    }

    /// Whether a text has the format.
    pub fn fits(self, text: &str) -> bool {
        (self.check)(text)
    }
}

type Entry = (&'static str, &'static str, fn(&str) -> bool);

const FORMATS: &[Entry] = &[
    ("bsonobjectid", "an object id of 24 hexadecimal digits", |it| matches(0, it)),
    ("uri", "an absolute URI", crate::crds::cel::url::is_request_uri),
    ("email", "an email address", is_email),
    ("hostname", "a host name", is_hostname),
    ("ipv4", "an IPv4 address", is_ipv4),
    ("ipv6", "an IPv6 address", |it| is_ip(it) && it.contains(':')),
    ("cidr", "an IP range such as `10.0.0.0/8`", is_cidr),
    ("mac", "a MAC address", is_mac),
    ("uuid", "a UUID", |it| matches(1, it)),
    ("uuid3", "a UUID of version 3", |it| matches(2, it)),
    ("uuid4", "a UUID of version 4", |it| matches(3, it)),
    ("uuid5", "a UUID of version 5", |it| matches(4, it)),
    ("isbn", "an ISBN", |it| is_isbn10(it) || is_isbn13(it)),
    ("isbn10", "an ISBN of 10 digits", is_isbn10),
    ("isbn13", "an ISBN of 13 digits", is_isbn13),
    ("creditcard", "a credit card number", is_card),
    ("ssn", "a social security number", |it| matches(5, it)),
    ("hexcolor", "a colour such as `#ff8800`", |it| matches(6, it)),
    ("rgbcolor", "a colour such as `rgb(255,136,0)`", |it| matches(7, it)),
    ("byte", "text in base64", |it| matches(8, it)),
    ("password", "a text", |_| true),
    ("date", "a date such as `2026-01-31`", |it| crate::crds::cel::time::date(it).is_some()),
    ("duration", "a duration such as `1m30s`", |it| crate::crds::cel::time::lenient_duration(it).is_some()),
    ("datetime", "a time such as `2026-01-31T12:00:00Z`", is_date_time),
    ("k8sshortname", "a DNS label", |it| it.len() <= 63 && matches(9, it)),
    ("k8slongname", "a DNS subdomain", |it| it.len() <= 253 && matches(10, it)),
];

const PATTERNS: [&str; 14] = [
    "^[0-9a-fA-F]{24}$",
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$",
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$",
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$",
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$",
    "^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$",
    "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$",
    "^rgb\\(\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*\\)$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$",
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    "^[a-zA-Z0-9\\-\\p{S}\\p{L}]*$",
    "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11})$",
    "^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$",
];

/// Whether a text matches a pattern of the list; each is compiled once.
fn matches(pattern: usize, text: &str) -> bool {
    static COMPILED: [OnceLock<Option<Regex>>; PATTERNS.len()] = [const { OnceLock::new() }; PATTERNS.len()];
    let compiled = COMPILED[pattern].get_or_init(|| compile(PATTERNS[pattern]));
    compiled.as_ref().is_none_or(|it| it.is_match(text))
}

/// One address, with or without a name: the greater part of RFC 5322 that anybody writes.
fn is_email(text: &str) -> bool {
    let text = text.trim();
    let address = match text.strip_suffix('>') {
        Some(named) => named.rsplit_once('<').map_or("", |(_, it)| it),
        None => text,
    };
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let atom = |it: &str| {
        it.split('.').all(|it| {
            !it.is_empty()
                && it
                    .chars()
                    .all(|it| it.is_alphanumeric() || !it.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(it))
        })
    };
    let quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    let literal = domain.strip_prefix('[').and_then(|it| it.strip_suffix(']')).is_some_and(is_ip);
    (quoted || atom(local)) && (literal || atom(domain))
}

/// One label, or several and a last one of letters; symbols and foreign letters are taken.
fn is_hostname(text: &str) -> bool {
    let count = |it: &str| it.chars().count();
    let label = |it: &str| !it.is_empty() && count(it) <= 63 && !it.starts_with('-') && !it.ends_with('-');
    let labels: Vec<&str> = text.split('.').collect();
    let (last, before) = labels.split_last().unwrap_or((&"", &[]));
    let shape = if before.is_empty() {
        // A hyphen may only be the second letter: so says the pattern of the API server.
        let hyphens: Vec<usize> =
            last.chars().enumerate().filter(|(_, it)| *it == '-').map(|(at, _)| at).collect();
        !last.is_empty() && count(last) <= 64 && hyphens.iter().all(|it| *it == 1)
    } else {
        before.iter().all(|it| label(it))
            && (2..=63).contains(&count(last))
            && last.chars().all(char::is_alphabetic)
    };
    shape && text.len() <= 255 && labels.iter().all(|it| it.len() <= 63 && matches(11, it))
}

/// With leading zeros, which the API server tolerates here.
fn is_ipv4(text: &str) -> bool {
    let part = |it: &str| {
        let digits = it.trim_start_matches('0');
        !it.is_empty()
            && it.bytes().all(|it| it.is_ascii_digit())
            && digits.len() <= 3
            && digits.parse::<u16>().unwrap_or(0) <= 255
    };
    let parts: Vec<&str> = text.split('.').collect();
    (parts.len() == 4 && parts.into_iter().all(part))
        || (text.contains('.') && text.parse::<Ipv6Addr>().is_ok())
}

fn is_ip(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok()
}

fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = if address.contains(':') { 128 } else { 32 };
    let number = !bits.is_empty() && bits.bytes().all(|it| it.is_ascii_digit());
    number
        && bits.parse::<u32>().is_ok_and(|it| it <= most)
        && (is_ip(address) || (!address.contains(':') && is_ipv4(address)))
}

/// 6, 8 or 20 bytes: `01:23:…`, `01-23-…`, `0123.4567.…` or without signs.
fn is_mac(text: &str) -> bool {
    let hex = |it: &str, length: usize| it.len() == length && it.bytes().all(|it| it.is_ascii_hexdigit());
    let of = |mark: char, length: usize, counts: [usize; 3]| {
        let parts: Vec<&str> = text.split(mark).collect();
        counts.contains(&parts.len()) && parts.into_iter().all(|it| hex(it, length))
    };
    [12, 16, 40].iter().any(|it| hex(text, *it))
        || of(':', 2, [6, 8, 20])
        || of('-', 2, [6, 8, 20])
        || of('.', 4, [3, 4, 10])
}

fn digits(text: &str) -> String {
    text.chars().filter(|it| !matches!(it, ' ' | '-')).collect()
}

fn is_isbn10(text: &str) -> bool {
    let text = digits(text);
    let value = |(at, it): (usize, char)| match it {
        'X' if at == 9 => Some(100),
        _ => it.to_digit(10).map(|it| it * u32::try_from(at + 1).unwrap_or(0)),
    };
    let sum: Option<u32> = text.chars().enumerate().map(value).sum();
    text.len() == 10 && sum.is_some_and(|it| it % 11 == 0)
}

fn is_isbn13(text: &str) -> bool {
    let text = digits(text);
    let value = |(at, it): (usize, char)| it.to_digit(10).map(|it| if at % 2 == 0 { it } else { 3 * it });
    let sum: Option<u32> = text.chars().enumerate().map(value).sum();
    text.len() == 13 && sum.is_some_and(|it| it % 10 == 0)
}

/// By the shape and by Luhn's sum.
fn is_card(text: &str) -> bool {
    let text: String = text.chars().filter(char::is_ascii_digit).collect();
    let value = |(at, it): (usize, u8)| {
        let digit = u32::from(it - b'0');
        if at % 2 == 0 {
            digit
        } else if digit > 4 {
            2 * digit - 9
        } else {
            2 * digit
        }
    };
    matches(12, &text) && text.bytes().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

fn is_date_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut parts = lower.split('t');
    let (Some(date), Some(time)) = (parts.next(), parts.next()) else { return false };
    let within = |range: std::ops::Range<usize>, most: &str| time.get(range).is_some_and(|it| it <= most);
    crate::crds::cel::time::date(date).is_some()
        && matches(13, time)
        && within(0..2, "23")
        && within(3..5, "59")
        && within(6..8, "59")
}

#[cfg(test)]
mod tests {
    use crate::crds::format::Format;

    #[test]
    fn formats_are_judged_as_the_api_server_judges_them() {
        let cases = [
            ("uri", "https://a.example/x", "no uri"),
            ("email", "Ann <ann@example.com>", "ann.example.com"),
            ("hostname", "a.example.com", "a_b.example.com"),
            ("ipv4", "010.0.0.1", "10.0.0"),
            ("ipv6", "::1", "1.1.1.1"),
            ("cidr", "10.0.0.0/8", "10.0.0.0/33"),
            ("mac", "01:23:45:67:89:ab", "01:23"),
            ("uuid", "123E4567-e89b-12d3-a456-426614174000", "123"),
            ("isbn", "978-0321751041", "978-0321751042"),
            ("creditcard", "4111 1111 1111 1111", "4111111111111112"),
            ("hexcolor", "#FFF", "#FF"),
            ("rgbcolor", "rgb(0, 10,255)", "rgb(0,10,256)"),
            ("byte", "aGVsbG8=", "aGVsbG8"),
            ("date", "2024-02-29", "2023-02-29"),
            ("duration", "1 day", "soon"),
            ("date-time", "2024-01-01T00:00:00Z", "2024-01-01"),
            ("k8s-short-name", "a-b", "a.b"),
        ];
        for (name, good, bad) in cases {
            let format = Format::of(name).unwrap();
            assert_eq!((format.fits(good), format.fits(bad)), (true, false), "{name}");
        }
        assert!(Format::of("int32").is_none() && Format::of("url").is_none());
    }
}
