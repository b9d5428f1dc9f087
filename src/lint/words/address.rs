//! Addresses of machines and of networks, as Go's `net/netip` reads them.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::lint::words::Verdict;

/// An address of IP, of version 6 perhaps with a zone.
pub fn ip(text: &str) -> Verdict {
    if bits(text).is_some() { Ok(()) } else { Err("it is no address of IP".to_owned()) }
}

/// An address, or a network as `10.0.0.0/8`.
pub fn cidr(text: &str) -> Verdict {
    // Anything but one slash is read as an address.
    if text.matches('/').count() != 1 {
        return ip(text);
    }
    network(text)
}

/// A network as `10.0.0.0/8`: an address without a zone and how many of its bits count.
pub fn network(text: &str) -> Verdict {
    let Some((address, length)) = text.rsplit_once('/') else {
        return Err("it has no `/` with the length of the prefix".to_owned());
    };
    let Some(most) = bits(address).filter(|_| !address.contains('%')) else {
        return Err(format!("`{address}` is no address of IP"));
    };
    let digits =
        length.bytes().all(|it| it.is_ascii_digit()) && (length.len() == 1 || !length.starts_with('0'));
    match length.parse::<u8>() {
        Ok(length) if digits && length <= most => Ok(()),
        _ => Err(format!("the length of its prefix is no number from 0 to {most}")),
    }
}

/// How many bits an address has; `None` if it is none.
fn bits(text: &str) -> Option<u8> {
    match text.find(['.', ':', '%']).map(|at| text.as_bytes()[at]) {
        Some(b'.') => text.parse::<Ipv4Addr>().ok().map(|_| 32),
        Some(b':') => {
            let (address, zone) =
                text.split_once('%').map_or((text, None), |(address, zone)| (address, Some(zone)));
            let fits = address.parse::<Ipv6Addr>().is_ok() && zone != Some("");
            fits.then_some(128)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::words::address::{cidr, ip};

    #[test]
    fn addresses_are_those_of_go() {
        for text in ["10.0.0.1", "::1", "fe80::1%eth0", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8"] {
            assert_eq!(ip(text), Ok(()), "{text}");
        }
        for text in ["", "10.0.0", "10.0.0.01", "10.0.0.256", "fe80::1%", "1.2.3.4%a", "1::2::3", "a"] {
            assert!(ip(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_network_has_a_prefix() {
        for text in ["10.0.0.0/8", "10.0.0.1", "::/0", "1.2.3.4/32"] {
            assert_eq!(cidr(text), Ok(()), "{text}");
        }
        for text in
            ["10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/", "/8", "1/2/3", "fe80::%a/64", "::/129"]
        {
            assert!(cidr(text).is_err(), "{text}");
        }
    }
}
