//! What texts may look like: the formats that a shape can ask for, by name.

use crate::kube::shape::cron;
use crate::kube::shape::pattern::{
    is_address_type, is_controller, is_header_value, is_origin, is_path, is_protocol, is_short_duration,
    is_token, is_uri,
};

/// How a text must be written.
pub struct Format {
    /// Its name in the shapes.
    pub name: &'static str,
    /// Whether a text is of it.
    pub holds: fn(&str) -> bool,
    /// What to write, for people.
    pub says: &'static str,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

impl Format {
    /// The format of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|it| it.name == name)
    }
}

/// Any text.
pub const ANYTHING: Format = Format { name: "text", holds: |_| true, says: "any text" };

/// Every format. Those of Kubernetes are RFC 1123 and RFC 1035 names; the rest is what the CRDs of Istio and of the
/// Gateway API ask for in a `pattern`.
const FORMATS: &[Format] = &[
    Format { name: "absolute", holds: |it| it.starts_with('/'), says: "a path that begins with `/`" },
    Format {
        name: "relative",
        holds: is_relative,
        says: "a path that does not begin with `/` and has no `..`",
    },
    Format {
        name: "cron",
        holds: cron::is_schedule,
        says: "five fields such as `*/5 * * * *`, or `@hourly`",
    },
    ANYTHING,
    Format {
        name: "label",
        holds: is_label,
        says: "lower-case letters, digits and `-`, a letter or digit at both ends",
    },
    Format {
        name: "label1035",
        holds: is_label_1035,
        says: "lower-case letters, digits and `-`, a letter first and no `-` last",
    },
    Format {
        name: "subdomain",
        holds: is_subdomain,
        says: "lower-case letters, digits, `-` and `.`, a letter or digit at both ends",
    },
    Format {
        name: "group",
        holds: |it| it.is_empty() || is_subdomain(it),
        says: "an API group such as `gateway.networking.k8s.io`, or nothing for the core group",
    },
    Format { name: "kind", holds: is_kind, says: "letters, digits and `-`, a letter first" },
    Format {
        name: "hostname",
        holds: is_hostname,
        says: "a host name in lower case such as `example.com` or `*.example.com`",
    },
    Format {
        name: "qualified",
        holds: is_qualified,
        says: "letters, digits, `-`, `_` and `.`, at most 63, perhaps behind a domain and `/`",
    },
    Format {
        name: "annotation",
        holds: |it| is_qualified(it) || is_qualified(&it.to_ascii_lowercase()),
        says: "letters, digits, `-`, `_` and `.`, at most 63, perhaps behind a domain and `/`",
    },
    Format {
        name: "label-value",
        holds: is_label_value,
        says: "letters, digits, `-`, `_` and `.`, at most 63, a letter or digit at both ends",
    },
    Format { name: "path-segment", holds: is_path_segment, says: "anything but `/`, `%`, `.` and `..`" },
    Format {
        name: "port-name",
        holds: is_port_name,
        says: "lower-case letters, digits and `-`, at most 15, with a letter",
    },
    Format { name: "env-name", holds: is_env_name, says: "printable characters other than `=`" },
    Format { name: "config-key", holds: is_config_key, says: "letters, digits, `-`, `_` and `.`" },
    Format { name: "base64", holds: is_base64, says: "base64" },
    Format { name: "time", holds: is_time, says: "a time such as `2026-01-31T12:00:00Z`" },
    Format { name: "cidr", holds: is_cidr, says: "a range of addresses such as `10.0.0.0/8`" },
    Format {
        name: "ip",
        holds: |it| it.parse::<std::net::IpAddr>().is_ok(),
        says: "an address such as `10.0.0.1`",
    },
    Format {
        name: "starless",
        holds: |it| !it.contains('*'),
        says: "it without `*`: labels are compared as they are",
    },
    Format {
        name: "sha256",
        holds: |it| it.is_empty() || (it.len() == 64 && it.bytes().all(is_hex)),
        says: "64 hexadecimal digits in lower case",
    },
    Format {
        name: "header-name",
        holds: |it| {
            !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
        },
        says: "letters, digits, `-` and `_`",
    },
    Format {
        name: "token",
        holds: is_token,
        says: "a name as HTTP headers have it: letters, digits and `-`",
    },
    Format {
        name: "header-value",
        holds: is_header_value,
        says: "printable characters, without a space at either end",
    },
    Format {
        name: "short-duration",
        holds: is_short_duration,
        says: "a duration of `h`, `m`, `s` and `ms` such as `1m30s`",
    },
    Format {
        name: "path",
        holds: is_path,
        says: "a path of letters, digits and what URLs may have unescaped",
    },
    Format { name: "origin", holds: is_origin, says: "`*` or an origin such as `https://example.com`" },
    Format { name: "uri", holds: is_uri, says: "a URI with a scheme, `spiffe://…`" },
    Format {
        name: "controller",
        holds: is_controller,
        says: "a domain and a path such as `example.com/controller`",
    },
    Format {
        name: "certificates",
        holds: |it| it == "System" || it.contains('/') && is_qualified(it),
        says: "`System`, or a domain and a name",
    },
    Format {
        name: "protocol",
        holds: is_protocol,
        says: "`HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or a domain and a name",
    },
    Format {
        name: "address-type",
        holds: is_address_type,
        says: "`IPAddress`, `Hostname`, or a domain and a name",
    },
];

fn is_relative(text: &str) -> bool {
    !text.starts_with('/') && text.split('/').all(|it| it != "..")
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// A lower-case letter or a digit.
pub fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Not empty, `ends` at both ends and `inside` or `ends` between.
pub fn framed(text: &str, ends: fn(u8) -> bool, inside: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    ends(*first) && ends(*last) && bytes.iter().all(|it| ends(*it) || inside.contains(it))
}

/// A label of RFC 1123, of any length: limits are the field's business.
pub fn is_label(text: &str) -> bool {
    framed(text, is_lower, b"-")
}

/// A label of RFC 1035: it begins with a letter.
pub fn is_label_1035(text: &str) -> bool {
    is_label(text) && text.starts_with(|it: char| it.is_ascii_lowercase())
}

/// Labels of RFC 1123 with dots between.
pub fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

/// A subdomain, perhaps below `*.`.
pub fn is_hostname(text: &str) -> bool {
    is_subdomain(text.strip_prefix("*.").unwrap_or(text))
}

fn is_kind(text: &str) -> bool {
    framed(text, |it| it.is_ascii_alphanumeric(), b"-")
        && text.starts_with(|it: char| it.is_ascii_alphabetic())
}

fn is_name(text: &str) -> bool {
    text.len() <= 63 && framed(text, |it| it.is_ascii_alphanumeric(), b"-_.")
}

/// The key of a label: a name, perhaps behind a subdomain.
pub fn is_qualified(text: &str) -> bool {
    match text.split_once('/') {
        Some((domain, name)) => domain.len() <= 253 && is_subdomain(domain) && is_name(name),
        None => is_name(text),
    }
}

/// The value of a label.
pub fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

fn is_path_segment(text: &str) -> bool {
    text != "." && text != ".." && !text.contains(['/', '%'])
}

/// The name of a port of a pod.
pub fn is_port_name(text: &str) -> bool {
    let letters = text.bytes().any(|it| it.is_ascii_lowercase());
    text.len() <= 15 && is_label(text) && letters && !text.contains("--")
}

fn is_env_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| (b' '..=b'~').contains(&it) && it != b'=')
}

fn is_config_key(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
    (1..=253).contains(&text.len()) && text != "." && !text.starts_with("..") && text.bytes().all(fits)
}

/// The standard alphabet, padded; line breaks are passed over, as Go does.
fn is_base64(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(|it| !matches!(it, b'\r' | b'\n')).collect();
    let data = bytes.iter().position(|it| *it == b'=').unwrap_or(bytes.len());
    let fits = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    let padding = &bytes[data..];
    bytes.len().is_multiple_of(4)
        && padding.len() <= 2
        && padding.iter().all(|it| *it == b'=')
        && bytes[..data].iter().all(fits)
}

/// A date and a time of RFC 3339.
fn is_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let clock = time.get(..8).unwrap_or_default();
    let rest = time.get(8..).unwrap_or_default();
    let zone =
        rest.strip_prefix('.').map_or(rest, |it| it.trim_start_matches(|it: char| it.is_ascii_digit()));
    let digits = |text: &str, at: &[usize], mark: u8| {
        text.bytes().enumerate().all(|(i, it)| if at.contains(&i) { it == mark } else { it.is_ascii_digit() })
    };
    let offset = |it: &str| it.len() == 6 && it.starts_with(['+', '-']) && digits(&it[1..], &[2], b':');
    date.len() == 10
        && digits(date, &[4, 7], b'-')
        && clock.len() == 8
        && digits(clock, &[2, 5], b':')
        && (zone == "Z" || offset(zone))
}

/// An address, `/` and the length of its prefix.
pub fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let Ok(address) = address.parse::<std::net::IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let plain = length.bytes().all(|it| it.is_ascii_digit()) && (length == "0" || !length.starts_with('0'));
    plain && length.parse::<u8>().is_ok_and(|it| it <= most)
}

#[cfg(test)]
pub mod tests {
    use crate::kube::shape::text::Format;

    /// Fails unless a format takes the first texts, and none of the second.
    pub fn assert_format(name: &str, fits: &[&str], not: &[&str]) {
        let format = Format::find(name).unwrap();
        let wrong: Vec<&&str> = fits.iter().filter(|it| !(format.holds)(it)).collect();
        assert!(wrong.is_empty(), "{name} does not take {wrong:?}");
        let wrong: Vec<&&str> = not.iter().filter(|it| (format.holds)(it)).collect();
        assert!(wrong.is_empty(), "{name} takes {wrong:?}");
    }

    #[test]
    fn names_have_the_forms_that_kubernetes_gives_them() {
        assert_format("label", &["a", "a-1", "1"], &["", "-a", "a-", "A", "a.b", "a_b"]);
        assert_format("label1035", &["a", "a-1"], &["1a", ""]);
        assert_format("subdomain", &["a.b-c.d", "1.2"], &["", ".", "a..b", "a.", "*.a"]);
        assert_format("hostname", &["*.a.b", "a"], &["*", "*a", "a.*.b", "A.b"]);
        assert_format("qualified", &["a.b/C_d", "App"], &["", "/a", "a/", "a/b/c", "A/b", "-a"]);
        assert_format("label-value", &["", "v1.2_3"], &["-a", "a b", "a/b"]);
        assert_format("path-segment", &["system:a", "A b"], &[".", "..", "a/b", "100%"]);
        assert_format("port-name", &["http-web", "a1"], &["80", "a--b", "HTTP", "more-than-fifteen", ""]);
        assert_format("config-key", &["a.yaml", ".a", "A_1"], &["", ".", "..", "..a", "a/b", "a b"]);
    }

    #[test]
    fn values_have_the_forms_that_their_readers_want() {
        assert_format(
            "base64",
            &["", "YQ==", "YWI=", "YWJj", "YWJj\n"],
            &["Y", "YQ", "YQ=", "YQ==YQ==", "Y-=="],
        );
        assert_format(
            "time",
            &["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+01:00"],
            &["2026-01-31", "now", ""],
        );
        assert_format(
            "cidr",
            &["10.0.0.0/8", "fd00::/64"],
            &["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "1.1.1.1/08"],
        );
        assert_format("sha256", &[""], &["abc", "A"]);
        assert_format(
            "short-duration",
            &["1s", "1h30m", "10ms"],
            &["", "1", "1.5s", "123456s", "1d", "1s1s1s1s1s"],
        );
    }
}
