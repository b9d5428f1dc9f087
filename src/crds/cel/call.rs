//! The functions and signs of CEL, by name.

use regex::Regex;

use crate::crds::cel::eval::Run;
use crate::crds::cel::expr::Op;
use crate::crds::cel::val::Val;
use crate::crds::cel::{Stop, convert, format, lists, net, quantity, semver, text, time, url};

/// Every function that there is; an expression with another is not asked.
pub const KNOWN: [&str; 122] = [
    "size",
    "type",
    "dyn",
    "int",
    "uint",
    "double",
    "bool",
    "string",
    "bytes",
    "duration",
    "timestamp",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
    "charAt",
    "indexOf",
    "lastIndexOf",
    "lowerAscii",
    "upperAscii",
    "replace",
    "split",
    "substring",
    "trim",
    "join",
    "reverse",
    "format",
    "strings.quote",
    "find",
    "findAll",
    "isSorted",
    "sum",
    "min",
    "max",
    "slice",
    "flatten",
    "distinct",
    "sort",
    "first",
    "last",
    "lists.range",
    "sets.contains",
    "sets.equivalent",
    "sets.intersects",
    "isURL",
    "url",
    "getScheme",
    "getHost",
    "getHostname",
    "getPort",
    "getEscapedPath",
    "getQuery",
    "isIP",
    "ip",
    "ip.isCanonical",
    "family",
    "isUnspecified",
    "isLoopback",
    "isLinkLocalMulticast",
    "isLinkLocalUnicast",
    "isGlobalUnicast",
    "isCIDR",
    "cidr",
    "containsIP",
    "containsCIDR",
    "masked",
    "prefixLength",
    "isQuantity",
    "quantity",
    "sign",
    "isInteger",
    "asInteger",
    "asApproximateFloat",
    "add",
    "sub",
    "compareTo",
    "isGreaterThan",
    "isLessThan",
    "isSemver",
    "semver",
    "major",
    "minor",
    "patch",
    "getFullYear",
    "getMonth",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getHours",
    "getMinutes",
    "getSeconds",
    "getMilliseconds",
    "validate",
    "format.named",
    "format.dns1123Label",
    "format.dns1123Subdomain",
    "format.dns1035Label",
    "format.qualifiedName",
    "format.dns1123LabelPrefix",
    "format.dns1123SubdomainPrefix",
    "format.dns1035LabelPrefix",
    "format.labelValue",
    "format.uri",
    "format.uuid",
    "format.byte",
    "format.date",
    "format.datetime",
    "optional.of",
    "optional.none",
    "optional.ofNonZeroValue",
    "or",
    "orValue",
    "hasValue",
    "value",
    "exists",
    "unwrap",
    "unwrapOpt",
    "all",
    "map",
    "filter",
    "existsOne",
];

/// What a function makes of its values; of a method, the first is the target.
///
/// # Errors
/// Why it makes nothing.
pub fn call<'a>(
    name: &str,
    method: bool,
    values: &[Val<'a>],
    pattern: Option<&Regex>,
    run: &mut Run<'a, '_>,
) -> Result<Val<'a>, Stop> {
    for value in values {
        run.cost(match value {
            Val::Text(it) => it.len() / 10,
            _ => 0,
        })?;
    }
    if let Some(value) = optional(name, values) {
        return value;
    }
    if let ("size", [value]) = (name, values) {
        let count = match value {
            Val::Text(it) => Some(it.chars().count()),
            Val::Bytes(it) => Some(it.len()),
            other => other.count(),
        };
        return count.map(whole).ok_or_else(|| unknown(name, values));
    }
    let counted: usize = values.iter().filter_map(Val::count).sum();
    let each_with_each = name.starts_with("sets.") || name == "distinct";
    run.cost(if each_with_each { counted.saturating_mul(counted) } else { counted })?;
    let attempts: [&dyn Fn() -> Option<Result<Val<'a>, Stop>>; 9] = [
        &|| convert::call(name, values),
        &|| text::call(name, values, pattern),
        &|| lists::call(name, values),
        &|| time::call(name, values),
        &|| url::call(name, values),
        &|| net::call(name, values),
        &|| quantity::call(name, values),
        &|| semver::call(name, values),
        &|| format::call(name, method, values),
    ];
    let result = attempts.iter().find_map(|it| it()).unwrap_or_else(|| Err(unknown(name, values)))?;
    // What was made costs as well: no text and no list grows without end.
    run.cost(match &result {
        Val::Text(it) => it.len() / 10,
        other => other.count().unwrap_or(0),
    })?;
    Ok(result)
}

fn optional<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    Some(Ok(match (name, values) {
        ("optional.none", []) => Val::Optional(None),
        ("optional.of", [value]) => Val::optional(Some(value.clone())),
        ("optional.ofNonZeroValue", [value]) => {
            let zero = match value {
                Val::Null | Val::Bool(false) | Val::Int(0) | Val::Uint(0) => true,
                Val::Double(it) => *it == 0.0,
                Val::Text(it) => it.is_empty(),
                Val::Bytes(it) => it.is_empty(),
                other => other.count() == Some(0),
            };
            Val::optional((!zero).then(|| value.clone()))
        }
        ("hasValue", [Val::Optional(it)]) => Val::Bool(it.is_some()),
        ("value", [Val::Optional(it)]) => match it {
            Some(it) => it.as_ref().clone(),
            None => return Some(Err(Stop::Failed("optional.none() dereference".to_owned()))),
        },
        _ => return None,
    }))
}

/// A number of things.
pub fn whole<'a>(count: usize) -> Val<'a> {
    Val::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A function that we do not know of these types: it may well exist.
pub fn unknown(name: &str, values: &[Val<'_>]) -> Stop {
    let types: Vec<&str> = values.iter().map(Val::type_name).collect();
    Stop::Unable(format!("`{name}` is not known of {}", types.join(", ")))
}

/// A sign between values that it is not for: that fails everywhere.
pub fn no_overload(name: &str, values: &[&Val<'_>]) -> Stop {
    let types: Vec<&str> = values.iter().map(|it| it.type_name()).collect();
    Stop::Failed(format!("no such overload: {name} of {}", types.join(", ")))
}

/// A value in a message.
pub fn show(value: &Val<'_>) -> String {
    match value {
        Val::Text(it) => it.to_string(),
        Val::Int(it) => it.to_string(),
        Val::Uint(it) => it.to_string(),
        other => other.type_name().to_owned(),
    }
}

/// `-a`.
///
/// # Errors
/// When it is no number, or too large.
pub fn negate<'a>(value: &Val<'a>) -> Result<Val<'a>, Stop> {
    match value {
        Val::Int(it) => it.checked_neg().map(Val::Int).ok_or_else(overflow),
        Val::Double(it) => Ok(Val::Double(-it)),
        Val::Duration(it) => Ok(Val::Duration(-it)),
        other => Err(no_overload("-", &[other])),
    }
}

fn overflow() -> Stop {
    Stop::Failed("integer overflow".to_owned())
}

/// `+`, `-`, `*`, `/` and `%`.
///
/// # Errors
/// A division by zero, a number too large, a sign between values that it is not for.
pub fn arithmetic<'a>(op: Op, left: &Val<'a>, right: &Val<'a>) -> Result<Val<'a>, Stop> {
    let zero = || Stop::Failed("division by zero".to_owned());
    match (left, right) {
        (Val::Int(a), Val::Int(b)) => match op {
            Op::Add => a.checked_add(*b),
            Op::Sub => a.checked_sub(*b),
            Op::Mul => a.checked_mul(*b),
            _ if *b == 0 => return Err(zero()),
            Op::Div => a.checked_div(*b),
            _ => a.checked_rem(*b),
        }
        .map(Val::Int)
        .ok_or_else(overflow),
        (Val::Uint(a), Val::Uint(b)) => match op {
            Op::Add => a.checked_add(*b),
            Op::Sub => a.checked_sub(*b),
            Op::Mul => a.checked_mul(*b),
            _ if *b == 0 => return Err(zero()),
            Op::Div => a.checked_div(*b),
            _ => a.checked_rem(*b),
        }
        .map(Val::Uint)
        .ok_or_else(overflow),
        (Val::Double(a), Val::Double(b)) => Ok(Val::Double(match op {
            Op::Add => a + b,
            Op::Sub => a - b,
            Op::Mul => a * b,
            Op::Div => a / b,
            _ => return Err(no_overload("%", &[left, right])),
        })),
        _ => joined(op, left, right),
    }
}

/// Sums of texts, lists and times.
fn joined<'a>(op: Op, left: &Val<'a>, right: &Val<'a>) -> Result<Val<'a>, Stop> {
    let duration = |it: Option<i128>| it.filter(|it| i64::try_from(*it).is_ok()).map(Val::Duration);
    let time = |it: Option<i128>| it.filter(|it| it.abs() < time::LAST).map(Val::Time);
    match (op, left, right) {
        (Op::Add, Val::Text(a), Val::Text(b)) => Some(Val::made(format!("{a}{b}"))),
        (Op::Add, Val::Bytes(a), Val::Bytes(b)) => Some(Val::Bytes([a.as_ref(), b.as_ref()].concat().into())),
        (Op::Add, Val::Duration(a), Val::Duration(b)) => duration(a.checked_add(*b)),
        (Op::Sub, Val::Duration(a), Val::Duration(b)) | (Op::Sub, Val::Time(a), Val::Time(b)) => {
            duration(a.checked_sub(*b))
        }
        (Op::Add, Val::Time(a), Val::Duration(b)) | (Op::Add, Val::Duration(b), Val::Time(a)) => {
            time(a.checked_add(*b))
        }
        (Op::Sub, Val::Time(a), Val::Duration(b)) => time(a.checked_sub(*b)),
        (Op::Add, _, _) => match (left.items()?, right.items()?) {
            (Some(_), Some(_)) => Some(lists::add(left, right)?),
            _ => return Err(no_overload("+", &[left, right])),
        },
        _ => return Err(no_overload("a sum", &[left, right])),
    }
    .ok_or_else(overflow)
}
