//! What the values of Istio's annotations may be.
//!
//! Source: `pkg/kube/inject/validate.go`, `pkg/util/net` and Go's `strconv`.

use crate::lint::base::annotation::proxy_config;
use crate::lint::words::{Verdict, address::network};

pub fn interception_mode(text: &str) -> Verdict {
    let known = ["REDIRECT", "TPROXY", "NONE"].contains(&text);
    if known { Ok(()) } else { Err("it takes REDIRECT, TPROXY or NONE".to_owned()) }
}

/// A number of 32 bits, without sign or blanks.
pub fn count(text: &str) -> Verdict {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if digits && text.parse::<u32>().is_ok() { Ok(()) } else { Err("it takes a whole number".to_owned()) }
}

/// A number of 16 bits, blanks around it allowed.
pub fn port(text: &str) -> Verdict {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if digits && text.parse::<u16>().is_ok() {
        Ok(())
    } else {
        Err(format!("`{text}` is no port from 0 to 65535"))
    }
}

/// Ports with commas between.
pub fn ports(text: &str) -> Verdict {
    if text.trim().is_empty() { Ok(()) } else { text.split(',').try_for_each(port) }
}

pub fn ports_or_all(text: &str) -> Verdict {
    if text == "*" { Ok(()) } else { ports(text) }
}

/// Networks with commas between, and no blanks.
pub fn networks(text: &str) -> Verdict {
    let judge = |it: &str| network(it).map_err(|reason| format!("`{it}` is no network: {reason}"));
    if text.is_empty() { Ok(()) } else { text.split(',').try_for_each(judge) }
}

pub fn networks_or_all(text: &str) -> Verdict {
    if text == "*" { Ok(()) } else { networks(text) }
}

/// Names of network interfaces with commas between.
pub fn interfaces(text: &str) -> Verdict {
    if text.is_empty() {
        return Ok(());
    }
    text.split(',').map(str::trim).try_for_each(|name| {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b"._-".contains(&it);
        if name.len() > 15 {
            return Err(format!(
                "`{name}` has {} characters, and the name of an interface at most 15",
                name.len()
            ));
        }
        if name.starts_with(|it: char| it.is_ascii_alphabetic()) && name.bytes().all(fits) {
            Ok(())
        } else {
            Err(format!("`{name}` is no name of a network interface"))
        }
    })
}

/// What Go takes for a truth value.
pub fn truth(text: &str) -> Verdict {
    let known =
        ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].contains(&text);
    if known { Ok(()) } else { Err("it takes true or false".to_owned()) }
}

/// A quantity of Kubernetes: a number, and a suffix or an exponent.
pub fn quantity(text: &str) -> Verdict {
    const SUFFIXES: &[&str] =
        &["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = unsigned.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    // A number without digits is zero to Kubernetes.
    let is_number = !text.is_empty() && number.matches('.').count() <= 1;
    let exponent = suffix.strip_prefix(['e', 'E']).map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    let exponent = exponent.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    if is_number && (SUFFIXES.contains(&suffix) || exponent) {
        Ok(())
    } else {
        Err("it takes a quantity such as `100m` or `128Mi`".to_owned())
    }
}

pub fn proxy_config(text: &str) -> Verdict {
    proxy_config::judge(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_takes(judge: fn(&str) -> Verdict, good: &[&str], bad: &[&str]) {
        for text in good {
            assert_eq!(judge(text), Ok(()), "{text}");
        }
        for text in bad {
            assert!(judge(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_have_no_sign() {
        assert_takes(count, &["0", "10", "4294967295"], &["", "-1", "+1", " 1", "4294967296", "1.5", "a"]);
        assert_takes(port, &["0", " 80 ", "65535"], &["", "65536", "+1", "http"]);
        assert_takes(ports, &["", "80, 443", " "], &["80,", "80;443", "*"]);
        assert_takes(ports_or_all, &["*", "80"], &["* "]);
    }

    #[test]
    fn networks_have_a_prefix_and_no_blanks() {
        assert_takes(
            networks,
            &["", "10.0.0.0/8", "10.1.2.3/8,::/0"],
            &["*", "10.0.0.0", "10.0.0.0/8, ::/0"],
        );
        assert_takes(networks_or_all, &["*"], &["*,10.0.0.0/8"]);
    }

    #[test]
    fn interfaces_begin_with_a_letter() {
        assert_takes(
            interfaces,
            &["", "eth0, net1", "eth0.1", "a23456789012345"],
            &["eth0,", "0eth", "eth0:1", "a234567890123456"],
        );
    }

    #[test]
    fn quantities_are_those_of_kubernetes() {
        assert_takes(
            quantity,
            &["100m", "1.5Gi", "1e3", "-1", "+2k", ".5", "1.", "1E", "1E3"],
            &["", "e", "1.2.3", "1 Gi", "5GB", "abc", "1e"],
        );
    }
}
