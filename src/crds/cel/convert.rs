//! From one type to another: `int('8080')`, `string(1)`, `type(self)`.

use std::net::IpAddr;

use crate::crds::cel::Stop;
use crate::crds::cel::time;
use crate::crds::cel::val::Val;

/// The conversions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    let [value] = values else { return None };
    let failed = || Stop::Failed(format!("type conversion error from '{}' to '{name}'", value.type_name()));
    let made = match name {
        "dyn" => Some(value.clone()),
        "type" => Some(Val::Type(value.type_name())),
        "bool" => to_bool(value),
        "int" => to_int(value),
        "uint" => to_uint(value),
        "double" => to_double(value),
        "string" => to_text(value),
        "bytes" => match value {
            Val::Bytes(_) => Some(value.clone()),
            Val::Text(it) => Some(Val::Bytes(it.as_bytes().into())),
            _ => None,
        },
        "duration" => match value {
            Val::Duration(_) => Some(value.clone()),
            Val::Text(it) => time::duration(it).map(Val::Duration),
            Val::Int(it) => Some(Val::Duration(i128::from(*it))),
            _ => None,
        },
        "timestamp" => match value {
            Val::Time(_) => Some(value.clone()),
            Val::Text(it) => time::timestamp(it).map(Val::Time),
            Val::Int(it) => Some(Val::Time(i128::from(*it) * 1_000_000_000)),
            _ => None,
        },
        _ => return None,
    };
    Some(made.ok_or_else(failed))
}

fn to_bool<'a>(value: &Val<'a>) -> Option<Val<'a>> {
    match value {
        Val::Bool(_) => Some(value.clone()),
        Val::Text(it) => match it.as_ref() {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(Val::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(Val::Bool(false)),
            _ => None,
        },
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range is asked first")]
fn to_int<'a>(value: &Val<'a>) -> Option<Val<'a>> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    Some(Val::Int(match value {
        Val::Int(it) => *it,
        Val::Uint(it) => i64::try_from(*it).ok()?,
        Val::Double(it) if *it > -LIMIT && *it < LIMIT => *it as i64,
        Val::Text(it) => it.parse().ok()?,
        Val::Time(it) => i64::try_from(it.div_euclid(1_000_000_000)).ok()?,
        Val::Duration(it) => i64::try_from(*it).ok()?,
        _ => return None,
    }))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is asked first")]
fn to_uint<'a>(value: &Val<'a>) -> Option<Val<'a>> {
    Some(Val::Uint(match value {
        Val::Uint(it) => *it,
        Val::Int(it) => u64::try_from(*it).ok()?,
        Val::Double(it) if *it >= 0.0 && *it < 18_446_744_073_709_551_616.0 => *it as u64,
        Val::Text(it) => it.parse().ok()?,
        _ => return None,
    }))
}

#[expect(clippy::cast_precision_loss, reason = "that is what a double is")]
fn to_double<'a>(value: &Val<'a>) -> Option<Val<'a>> {
    Some(Val::Double(match value {
        Val::Double(it) => *it,
        Val::Int(it) => *it as f64,
        Val::Uint(it) => *it as f64,
        Val::Text(it) => it.parse().ok()?,
        _ => return None,
    }))
}

fn to_text<'a>(value: &Val<'a>) -> Option<Val<'a>> {
    Some(match value {
        Val::Text(_) => value.clone(),
        Val::Bool(it) => Val::made(it.to_string()),
        Val::Int(it) => Val::made(it.to_string()),
        Val::Uint(it) => Val::made(it.to_string()),
        Val::Double(it) => Val::made(double(*it)),
        Val::Bytes(it) => Val::made(std::str::from_utf8(it).ok()?),
        Val::Duration(it) => Val::made(time::show_duration(*it)),
        Val::Time(it) => Val::made(time::show_time(*it)),
        Val::Ip(it) => Val::made(it.to_string()),
        Val::Cidr(IpAddr::V4(it), bits) => Val::made(format!("{it}/{bits}")),
        Val::Cidr(IpAddr::V6(it), bits) => Val::made(format!("{it}/{bits}")),
        _ => return None,
    })
}

/// A number as Go prints it in as few digits as it needs.
pub fn double(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e6).contains(&size) {
        let text = format!("{value:e}");
        let (number, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let sign = if exponent.starts_with('-') { '-' } else { '+' };
        return format!("{number}e{sign}{:0>2}", exponent.trim_start_matches('-'));
    }
    format!("{value}")
}

/// The bytes of a text in base64, in either alphabet.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - bare.len() > 2 {
        return None;
    }
    let (mut out, mut bits, mut count) = (Vec::with_capacity(text.len()), 0_u32, 0);
    for letter in bare.bytes() {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    Some(out)
}
