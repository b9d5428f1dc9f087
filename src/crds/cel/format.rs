//! `'%d of %s'.format([…])`, and the named formats of Kubernetes.

use crate::crds::cel::Stop;
use crate::crds::cel::call::unknown;
use crate::crds::cel::convert::double;
use crate::crds::cel::time::{show_duration, show_time};
use crate::crds::cel::val::Val;
use crate::crds::format::Format;

/// No more characters are asked of a number.
const MOST_DIGITS: usize = 100;

/// The named formats by name; `None` if it is none of these functions.
pub fn call<'a>(name: &str, method: bool, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    const NAMES: [&str; 13] = [
        "dns1123Label",
        "dns1123Subdomain",
        "dns1035Label",
        "qualifiedName",
        "dns1123LabelPrefix",
        "dns1123SubdomainPrefix",
        "dns1035LabelPrefix",
        "labelValue",
        "uri",
        "uuid",
        "byte",
        "date",
        "datetime",
    ];
    let named = |name: &str| NAMES.iter().find(|it| **it == name).map(|it| Val::Format(it));
    match (name, values) {
        ("format.named", [Val::Text(it)]) => Some(Ok(Val::optional(named(it)))),
        (_, []) => named(name.strip_prefix("format.")?).map(Ok),
        ("validate", [Val::Format(format), Val::Text(text)]) if method => Some(match judge(format, text) {
            None => Err(unknown(format, values)),
            Some(true) => Ok(Val::Optional(None)),
            Some(false) => Ok(Val::optional(Some(Val::list(vec![Val::made(format!("must be a {format}"))])))),
        }),
        _ => None,
    }
}

fn judge(format: &str, text: &str) -> Option<bool> {
    let fits = |name: &str, text: &str| Some(Format::of(name)?.fits(text));
    let first_letter = text.starts_with(|it: char| it.is_ascii_lowercase());
    let masked = text.strip_suffix('-').map_or(text.to_owned(), |it| format!("{it}a"));
    match format {
        "dns1123Label" => fits("k8s-short-name", text),
        "dns1123Subdomain" => fits("k8s-long-name", text),
        "dns1035Label" => Some(first_letter && fits("k8s-short-name", text)?),
        "dns1123LabelPrefix" => fits("k8s-short-name", &masked),
        "dns1123SubdomainPrefix" => fits("k8s-long-name", &masked),
        "dns1035LabelPrefix" => Some(first_letter && fits("k8s-short-name", &masked)?),
        "uri" | "uuid" | "byte" | "date" | "datetime" => fits(format, text),
        _ => None,
    }
}

/// A text with its places filled in.
///
/// # Errors
/// A place that does not suit its value.
pub fn print<'a>(text: &str, list: &Val<'a>) -> Result<Val<'a>, Stop> {
    let values = list.items()?.ok_or_else(|| unknown("format", std::slice::from_ref(list)))?;
    let mut values = values.iter();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(tail) = after.strip_prefix('%') {
            out.push('%');
            rest = tail;
            continue;
        }
        let (digits, after) = match after.strip_prefix('.') {
            Some(tail) => {
                let end = tail.find(|it: char| !it.is_ascii_digit()).unwrap_or(tail.len());
                (tail[..end].parse().unwrap_or(6).min(MOST_DIGITS), &tail[end..])
            }
            None => (6, after),
        };
        let verb = after.chars().next().unwrap_or('%');
        let value = values.next().ok_or_else(|| Stop::Failed("index out of range".to_owned()))?;
        out.push_str(&place(verb, digits, value)?);
        rest = &after[verb.len_utf8().min(after.len())..];
    }
    out.push_str(rest);
    Ok(Val::made(out))
}

fn place(verb: char, digits: usize, value: &Val<'_>) -> Result<String, Stop> {
    let failed = || Stop::Failed(format!("%{verb} does not suit a {}", value.type_name()));
    Ok(match (verb, value) {
        ('s', _) => show(value)?,
        ('d', Val::Int(it)) => it.to_string(),
        ('d', Val::Uint(it)) => it.to_string(),
        ('f', Val::Double(it)) => grouped(&format!("{it:.digits$}")),
        // What a reader of English gets of these is not ours to know.
        ('e', _) => return Err(unknown("format", std::slice::from_ref(value))),
        ('b', Val::Int(it)) if *it < 0 => format!("-{:b}", it.unsigned_abs()),
        ('b', Val::Int(it)) => format!("{it:b}"),
        ('b', Val::Uint(it)) => format!("{it:b}"),
        ('b', Val::Bool(it)) => u8::from(*it).to_string(),
        ('o', Val::Int(it)) if *it >= 0 => format!("{it:o}"),
        ('x', Val::Int(it)) if *it >= 0 => format!("{it:x}"),
        ('X', Val::Int(it)) if *it >= 0 => format!("{it:X}"),
        ('x', Val::Text(it)) => hex(it),
        ('X', Val::Text(it)) => hex(it).to_uppercase(),
        _ => return Err(failed()),
    })
}

/// The bytes of a text, in two digits each.
fn hex(text: &str) -> String {
    text.bytes().flat_map(|it| [it >> 4, it & 15]).filter_map(|it| char::from_digit(it.into(), 16)).collect()
}

/// A number with a comma at every third digit, as `golang.org/x/text` prints it in English.
fn grouped(text: &str) -> String {
    let (sign, bare) = text.strip_prefix('-').map_or(("", text), |it| ("-", it));
    let (whole, part) = bare.split_once('.').map_or((bare, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &part.map_or(String::new(), |it| format!(".{it}"))
}

fn show(value: &Val<'_>) -> Result<String, Stop> {
    Ok(match value {
        Val::Null => "null".to_owned(),
        Val::Bool(it) => it.to_string(),
        Val::Int(it) => it.to_string(),
        Val::Uint(it) => it.to_string(),
        Val::Double(it) => double(*it),
        Val::Text(it) => it.to_string(),
        Val::Bytes(it) => String::from_utf8_lossy(it).into_owned(),
        Val::Duration(it) => show_duration(*it),
        Val::Time(it) => show_time(*it),
        Val::Type(it) => (*it).to_owned(),
        Val::Node(..) | Val::List(_) | Val::Map(_) => {
            if let Some(items) = value.items()? {
                let all: Vec<String> = items.iter().map(literal).collect::<Result<_, _>>()?;
                return Ok(format!("[{}]", all.join(", ")));
            }
            let entry =
                |(key, value): (Val<'_>, Val<'_>)| Ok(format!("{}:{}", literal(&key)?, literal(&value)?));
            let mut all: Vec<String> =
                value.entries()?.unwrap_or_default().into_iter().map(entry).collect::<Result<_, Stop>>()?;
            all.sort();
            format!("{{{}}}", all.join(", "))
        }
        other => return Err(unknown("format", std::slice::from_ref(other))),
    })
}

/// A value inside of a list or a mapping: as CEL itself writes it.
fn literal(value: &Val<'_>) -> Result<String, Stop> {
    Ok(match value {
        Val::Text(it) => format!("{:?}", it.as_ref()),
        Val::Double(it) if it.is_finite() => format!("{it:.6}"),
        Val::Duration(_) => format!("duration(\"{}\")", show(value)?),
        Val::Time(_) => format!("timestamp(\"{}\")", show(value)?),
        _ => show(value)?,
    })
}
