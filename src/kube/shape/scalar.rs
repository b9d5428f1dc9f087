//! One scalar against one type.

use crate::kube::shape::number::{Meaning, Reading};
use crate::kube::shape::quantity::is_quantity;
use crate::kube::shape::text::{Format, is_port_name};
use crate::kube::shape::types::{Range, Type};
use crate::yaml::Scalar;

/// What a scalar is to its field.
pub enum Verdict<'t> {
    /// What the field takes.
    Fits,
    /// Something of another type.
    Mistyped,
    /// Of the right type, but: what follows the field's name in a message, and what to write.
    Wrong(String, Option<String>),
    /// None of these words.
    NoneOf(&'t [&'static str]),
}

/// Judges a scalar.
pub fn judge<'t>(takes: &'t Type, scalar: &Scalar, reading: Reading) -> Verdict<'t> {
    let text = scalar.text.as_str();
    match (takes, Meaning::of(scalar, reading)) {
        (Type::Text(format, length), Meaning::Text) => of_format(text, format, *length),
        (Type::Words(words), Meaning::Text) if words.contains(&text) => Verdict::Fits,
        (Type::Words(words), Meaning::Text) => Verdict::NoneOf(words),
        (Type::Whole(least, most), Meaning::Whole(value)) => whole(value, *least, *most),
        (Type::Numbers(numbers), Meaning::Whole(value)) => {
            if numbers.iter().any(|it| i128::from(*it) == value) {
                return Verdict::Fits;
            }
            let known: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            Verdict::Wrong(format!("is {value}, none of {}", known.join(", ")), None)
        }
        (Type::Number(range), meaning @ (Meaning::Whole(_) | Meaning::Fraction(_))) => {
            fraction(text, meaning.value(), *range)
        }
        (Type::PortOrName, Meaning::Whole(value)) => whole(value, 1, u16::MAX.into()),
        (Type::PortOrName, Meaning::Text) if is_port_name(text) => Verdict::Fits,
        (Type::PortOrName, Meaning::Text) => {
            let help = "write the number of a port, or the name that the pod gives it";
            Verdict::Wrong(format!("does not take `{text}`"), Some(help.to_owned()))
        }
        (Type::Share, Meaning::Whole(value)) => whole(value, 0, i32::MAX.into()),
        (Type::Share, Meaning::Text) if is_percent(text) => Verdict::Fits,
        (Type::Share, Meaning::Text) => {
            let help = "write a number, or percents from `0%` to `100%`";
            Verdict::Wrong(format!("does not take `{text}`"), Some(help.to_owned()))
        }
        (Type::NumberOrText, Meaning::Whole(value)) => whole(value, i32::MIN.into(), i32::MAX.into()),
        (Type::Duration(zero), Meaning::Text) => duration(text, *zero),
        (Type::Quantity, Meaning::Text | Meaning::Whole(_) | Meaning::Fraction(_)) => {
            if is_quantity(text) {
                return Verdict::Fits;
            }
            let help = "write a number and perhaps a unit such as `100m`, `64Mi` or `1.5`";
            Verdict::Wrong(format!("takes a quantity such as `100m`, found `{text}`"), Some(help.to_owned()))
        }
        (Type::NumberOrText, Meaning::Text) | (Type::Bool, Meaning::Bool) | (Type::Any, _) => Verdict::Fits,
        _ => Verdict::Mistyped,
    }
}

fn of_format(text: &str, format: &Format, length: Range<usize>) -> Verdict<'static> {
    if let Some(wrong) = length_of(text, length) {
        return Verdict::Wrong(wrong, None);
    }
    if (format.holds)(text) {
        return Verdict::Fits;
    }
    Verdict::Wrong(format!("does not take `{text}`"), Some(format!("write {}", format.says)))
}

fn is_percent(text: &str) -> bool {
    let digits = text.strip_suffix('%').unwrap_or_default();
    digits.bytes().all(|it| it.is_ascii_digit()) && digits.parse::<u32>().is_ok_and(|it| it <= 100)
}

fn length_of(text: &str, length: Range<usize>) -> Option<String> {
    // Bytes are never fewer than characters.
    if text.len() <= length.most && length.least <= 1 && text.len() >= length.least {
        return None;
    }
    let count = text.chars().count();
    if text.is_empty() && length.least > 0 {
        Some("must not be empty".to_owned())
    } else if count < length.least {
        Some(format!("has {count} characters, less than {}", length.least))
    } else if count > length.most {
        Some(format!("has {count} characters, more than {}", length.most))
    } else {
        None
    }
}

fn whole(value: i128, least: i64, most: i64) -> Verdict<'static> {
    if (i128::from(least)..=i128::from(most)).contains(&value) {
        return Verdict::Fits;
    }
    let wrong = if most == i64::MAX && value < i128::from(least) {
        format!("is {value}, which is less than {least}")
    } else {
        format!("is {value}, not between {least} and {most}")
    };
    Verdict::Wrong(wrong, None)
}

fn fraction(text: &str, value: f64, range: Range<f64>) -> Verdict<'static> {
    if value < range.least {
        Verdict::Wrong(format!("is {text}, which is less than {}", range.least), None)
    } else if value > range.most {
        Verdict::Wrong(format!("is {text}, which is more than {}", range.most), None)
    } else {
        Verdict::Fits
    }
}

fn duration(text: &str, zero: bool) -> Verdict<'static> {
    match nanoseconds(text) {
        None => Verdict::Mistyped,
        Some(length) if zero || length >= 1_000_000 => Verdict::Fits,
        Some(_) => Verdict::Wrong(format!("is {text}, which is less than 1ms"), None),
    }
}

/// What a message calls a type.
pub fn describe(takes: &Type) -> String {
    match takes {
        Type::Text(..) => "a text".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Number(_) => "a number".to_owned(),
        Type::Whole(..) | Type::Numbers(_) => "a whole number".to_owned(),
        Type::Duration(_) => "a duration such as `1.5s`".to_owned(),
        Type::NumberOrText => "a number or a text".to_owned(),
        Type::PortOrName => "the number or the name of a port".to_owned(),
        Type::Share => "a number or percents".to_owned(),
        Type::Quantity => "a quantity such as `100m`".to_owned(),
        Type::Any => "anything".to_owned(),
        Type::Words(words) => format!("one of {}", words.join(", ")),
        Type::List(_) => "a list".to_owned(),
        Type::Map(..) | Type::Mapping => "a mapping".to_owned(),
        Type::Object(name, _) => format!("a mapping (`{}`)", name.rsplit('.').next().unwrap_or(name)),
    }
}

/// What to do about a scalar of another type.
pub fn remedy(takes: &Type, scalar: &Scalar, reading: Reading) -> Option<String> {
    let text = &scalar.text;
    match takes {
        Type::Text(..) | Type::Words(_) if scalar.plain => Some(format!("write `\"{text}\"`")),
        Type::Bool | Type::Number(_) | Type::Whole(..) | Type::Numbers(_) if !scalar.plain => {
            let bare = Scalar { text: text.clone(), plain: true };
            matches!(judge(takes, &bare, reading), Verdict::Fits).then(|| "take the quotes away".to_owned())
        }
        Type::Duration(_) => text.bytes().all(|it| it.is_ascii_digit()).then(|| format!("write `{text}s`")),
        _ => None,
    }
}

/// The length of a duration in Go's spelling: `1h30m`, `1.5s`, `-1s`; `None` if it is none.
pub fn nanoseconds(text: &str) -> Option<i128> {
    const UNITS: [(&str, i128); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    if bare == "0" {
        return Some(0);
    }
    let (mut rest, mut total) = (bare, 0_i128);
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
        let scale = 10_i128.pow(u32::try_from(part.len()).ok()?);
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        total = total.checked_add(digits.checked_mul(*factor)? / scale)?;
        rest = tail;
    }
    // Go counts in 64 bits.
    let fits = !bare.is_empty() && total <= i128::from(i64::MAX);
    fits.then_some(if text.starts_with('-') { -total } else { total })
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::scalar::nanoseconds;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        assert_eq!(nanoseconds("1h30m"), Some(5_400_000_000_000));
        assert_eq!(nanoseconds("1.5s"), Some(1_500_000_000));
        assert_eq!(nanoseconds(".5ms"), Some(500_000));
        assert_eq!(nanoseconds("-1s"), Some(-1_000_000_000));
        assert_eq!(nanoseconds("0s"), Some(0));
        assert_eq!(nanoseconds("0"), Some(0));
        for text in ["", "5", "s", "5 s", "1d", "1.2.3s", ".", "-", "9999999h"] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }
}
