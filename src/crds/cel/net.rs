//! IP addresses and ranges of them.

use std::net::IpAddr;

use crate::crds::cel::Stop;
use crate::crds::cel::val::Val;

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    let failed = |it: &str| Stop::Failed(format!("`{it}` is no IP address and no range"));
    Some(Ok(match (name, values) {
        ("isIP", [Val::Text(it)]) => Val::Bool(address(it).is_some()),
        ("isIP", [Val::Text(it), Val::Int(family)]) => {
            Val::Bool(address(it).is_some_and(|it| version(it) == *family))
        }
        ("ip.isCanonical", [Val::Text(it)]) => match address(it) {
            Some(address) => Val::Bool(address.to_string() == **it),
            None => return Some(Err(failed(it))),
        },
        ("ip", [Val::Text(it)]) => match address(it) {
            Some(it) => Val::Ip(it),
            None => return Some(Err(failed(it))),
        },
        ("isCIDR", [Val::Text(it)]) => Val::Bool(range(it).is_some()),
        ("cidr", [Val::Text(it)]) => match range(it) {
            Some((address, bits)) => Val::Cidr(address, bits),
            None => return Some(Err(failed(it))),
        },
        ("ip", [Val::Cidr(it, _)]) => Val::Ip(*it),
        ("masked", [Val::Cidr(it, bits)]) => Val::Cidr(masked(*it, *bits), *bits),
        ("prefixLength", [Val::Cidr(_, bits)]) => Val::Int(i64::from(*bits)),
        ("containsIP", [Val::Cidr(it, bits), other]) => {
            let other = match other {
                Val::Ip(other) => *other,
                Val::Text(text) => match address(text) {
                    Some(other) => other,
                    None => return Some(Err(failed(text))),
                },
                _ => return None,
            };
            Val::Bool(holds(*it, *bits, other))
        }
        ("containsCIDR", [Val::Cidr(it, bits), other]) => {
            let (other, length) = match other {
                Val::Cidr(other, length) => (*other, *length),
                Val::Text(text) => match range(text) {
                    Some(other) => other,
                    None => return Some(Err(failed(text))),
                },
                _ => return None,
            };
            Val::Bool(*bits <= length && holds(*it, *bits, other))
        }
        (_, [Val::Ip(it)]) => about(name, *it)?,
        _ => return None,
    }))
}

fn about<'a>(name: &str, it: IpAddr) -> Option<Val<'a>> {
    let multicast_nearby = match it {
        IpAddr::V4(it) => it.octets()[..3] == [224, 0, 0],
        IpAddr::V6(it) => it.segments()[0] & 0xff0f == 0xff02,
    };
    let nearby = match it {
        IpAddr::V4(it) => it.is_link_local(),
        IpAddr::V6(it) => it.segments()[0] & 0xffc0 == 0xfe80,
    };
    Some(match name {
        "family" => Val::Int(version(it)),
        "isUnspecified" => Val::Bool(it.is_unspecified()),
        "isLoopback" => Val::Bool(it.is_loopback()),
        "isLinkLocalMulticast" => Val::Bool(multicast_nearby),
        "isLinkLocalUnicast" => Val::Bool(nearby),
        "isGlobalUnicast" => {
            let everybody = it == IpAddr::from([255, 255, 255, 255]);
            Val::Bool(!(it.is_unspecified() || it.is_loopback() || it.is_multicast() || nearby || everybody))
        }
        _ => return None,
    })
}

fn version(it: IpAddr) -> i64 {
    if it.is_ipv4() { 4 } else { 6 }
}

/// An address without a zone; one of IPv4 in the clothes of IPv6 is none.
fn address(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    let dressed = matches!(address, IpAddr::V6(it) if it.to_ipv4_mapped().is_some());
    (!dressed).then_some(address)
}

fn range(text: &str) -> Option<(IpAddr, u8)> {
    let (ip, bits) = text.rsplit_once('/')?;
    let address = address(ip)?;
    let plain = bits.bytes().all(|it| it.is_ascii_digit()) && (bits == "0" || !bits.starts_with('0'));
    let bits: u8 = bits.parse().ok().filter(|_| plain)?;
    (bits <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, bits))
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            IpAddr::V4((it.to_bits() & mask).into())
        }
        IpAddr::V6(it) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            IpAddr::V6((it.to_bits() & mask).into())
        }
    }
}

fn holds(range: IpAddr, bits: u8, address: IpAddr) -> bool {
    range.is_ipv4() == address.is_ipv4() && masked(range, bits) == masked(address, bits)
}
