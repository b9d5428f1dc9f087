//! One scalar against one type.

use serde_json::Value;

use crate::kube::shape::table::Type;
use crate::yaml::{Kind, Node, Scalar};

/// What a scalar is to its field.
pub enum Verdict<'t> {
    /// What the field takes.
    Fits,
    /// Something of another type.
    Mistyped,
    /// Of the right type, but: what follows the field's name in a message.
    Wrong(String),
    /// None of these words.
    NoneOf(&'t [&'static str]),
}

/// Judges a scalar.
pub fn judge<'t>(takes: &'t Type, scalar: &Scalar) -> Verdict<'t> {
    let text = scalar.text.as_str();
    match (takes, &meaning(scalar)) {
        (Type::Word, Value::String(_)) if text.is_empty() => Verdict::Wrong("must not be empty".to_owned()),
        (Type::Words(words), Value::String(_)) => {
            if words.contains(&text) {
                Verdict::Fits
            } else {
                Verdict::NoneOf(words)
            }
        }
        (Type::Whole(least, most), Value::Number(number)) if !number.is_f64() => match number.as_i64() {
            Some(value) if (*least..=*most).contains(&value) => Verdict::Fits,
            None if *most == i64::MAX => Verdict::Fits,
            _ if *most == i64::MAX => Verdict::Wrong(format!("is {number}, which is less than {least}")),
            _ => Verdict::Wrong(format!("is {number}, not between {least} and {most}")),
        },
        (Type::Duration(zero), Value::String(_)) => match nanoseconds(text) {
            None => Verdict::Mistyped,
            Some(length) if length >= 1_000_000 || (*zero && length == 0) => Verdict::Fits,
            Some(_) => Verdict::Wrong(format!("is {text}, which is less than 1ms")),
        },
        (Type::Text | Type::Word, Value::String(_))
        | (Type::Bool, Value::Bool(_))
        | (Type::Number, Value::Number(_))
        | (Type::Any, _) => Verdict::Fits,
        _ => Verdict::Mistyped,
    }
}

/// What a message calls a type.
pub fn describe(takes: &Type) -> String {
    match takes {
        Type::Text | Type::Word => "a text".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Whole(..) => "a whole number".to_owned(),
        Type::Duration(_) => "a duration such as `1.5s`".to_owned(),
        Type::Any => "anything".to_owned(),
        Type::Words(words) => format!("one of {}", words.join(", ")),
        Type::List(_) => "a list".to_owned(),
        Type::Map(_) => "a mapping".to_owned(),
        Type::Object(name) => format!("a mapping (`{name}`)"),
    }
}

/// What to do about a scalar of another type.
pub fn remedy(takes: &Type, scalar: &Scalar) -> Option<String> {
    let text = &scalar.text;
    match takes {
        Type::Text | Type::Word if scalar.plain => Some(format!("write `\"{text}\"`")),
        Type::Bool | Type::Number | Type::Whole(..) if !scalar.plain => {
            let bare = Scalar { text: text.clone(), plain: true };
            matches!(judge(takes, &bare), Verdict::Fits).then(|| "take the quotes away".to_owned())
        }
        Type::Duration(_) => text.bytes().all(|it| it.is_ascii_digit()).then(|| format!("write `{text}s`")),
        _ => None,
    }
}

/// The value that YAML 1.2 gives a scalar; null for what JSON has no number for.
fn meaning(scalar: &Scalar) -> Value {
    let node = Node { kind: Kind::Scalar(scalar.clone()), span: crate::source::Span::NONE };
    serde_json::to_value(node).unwrap_or(Value::Null)
}

/// The length of a duration in Go's spelling: `1h30m`, `1.5s`; `None` if it is none.
fn nanoseconds(text: &str) -> Option<u128> {
    const UNITS: [(&str, u128); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    if text == "0" {
        return Some(0);
    }
    let (mut rest, mut total) = (text, 0_u128);
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at(digits);
        let unit = tail.find(|it: char| it.is_ascii_digit() || it == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit);
        let (_, factor) = UNITS.iter().find(|(it, _)| *it == unit)?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && part.is_empty()) || part.contains('.') || number.len() > 18 {
            return None;
        }
        let scale = 10_u128.pow(u32::try_from(part.len()).ok()?);
        let digits: u128 = format!("{whole}{part}").parse().ok()?;
        total = total.checked_add(digits.checked_mul(*factor)? / scale)?;
        rest = tail;
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::scalar::nanoseconds;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        assert_eq!(nanoseconds("1h30m"), Some(5_400_000_000_000));
        assert_eq!(nanoseconds("1.5s"), Some(1_500_000_000));
        assert_eq!(nanoseconds(".5ms"), Some(500_000));
        assert_eq!(nanoseconds("0s"), Some(0));
        assert_eq!(nanoseconds("0"), Some(0));
        for text in ["", "5", "s", "5 s", "1d", "-1s", "1.2.3s", "."] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }
}
