//! What a scalar means to `kubectl`: its reader keeps to YAML 1.1 in words and in numbers.
//!
//! So `on` is a boolean, `012` is ten and `1_000` a thousand; then a whole number in a float's clothes (`1.0`, `1e3`)
//! becomes whole on the way through JSON. Source: the resolver of `go.yaml.in/yaml/v2`, asked with `kubectl`.

use crate::crds::value::Kind;
use crate::yaml::Scalar;

/// The value of a scalar.
pub fn meaning(scalar: &Scalar) -> Kind {
    if !scalar.plain {
        return Kind::Text(scalar.text.clone());
    }
    let text = scalar.text.as_str();
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => Kind::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            Kind::Bool(false)
        }
        ".nan" | ".NaN" | ".NAN" => Kind::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Kind::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Kind::Float(f64::NEG_INFINITY),
        _ => number(text).unwrap_or_else(|| Kind::Text(scalar.text.clone())),
    }
}

fn number(text: &str) -> Option<Kind> {
    let first = text.bytes().next()?;
    if first == b'.' {
        return float(text);
    }
    if !first.is_ascii_digit() && !matches!(first, b'+' | b'-') {
        return None;
    }
    let plain = text.replace('_', "");
    whole(&plain).or_else(|| float(&plain))
}

/// A whole number with Go's prefixes: `0x`, `0o`, `0b`, and `0` alone for octal.
fn whole(text: &str) -> Option<Kind> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    let (base, digits) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, &*lower),
    };
    if digits.is_empty() || !digits.chars().all(|it| it.is_digit(base)) {
        return None;
    }
    let size = u64::from_str_radix(digits, base).ok()?;
    let value = if negative { -i128::from(size) } else { i128::from(size) };
    match i64::try_from(value) {
        Ok(value) => Some(Kind::Int(value)),
        Err(_) if negative || text.starts_with('+') => None,
        #[expect(clippy::cast_precision_loss, reason = "as JSON readers do")]
        Err(_) => Some(Kind::Float(size as f64)),
    }
}

fn float(text: &str) -> Option<Kind> {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, exponent) = bare.split_once(['e', 'E']).unwrap_or((bare, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (before, after) = number.split_once('.').unwrap_or((number, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let shape = digits(before) && digits(after) && digits(exponent) && !exponent.is_empty();
    if !shape || (before.is_empty() && after.is_empty()) {
        return None;
    }
    let value: f64 = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    Some(through_json(value))
}

/// What a float is after Go printed it as JSON and read it again.
fn through_json(value: f64) -> Kind {
    if value.fract() != 0.0 || value.abs() >= 1e21 {
        return Kind::Float(value);
    }
    format!("{value}").parse().map_or(Kind::Float(value), Kind::Int)
}

#[cfg(test)]
mod tests {
    use crate::crds::scalar::meaning;
    use crate::crds::value::Kind;
    use crate::yaml::Scalar;

    fn plain(text: &str) -> String {
        match meaning(&Scalar { text: text.into(), plain: true }) {
            Kind::Bool(it) => format!("bool {it}"),
            Kind::Int(it) => format!("int {it}"),
            Kind::Float(it) => format!("float {it}"),
            Kind::Text(_) => "text".to_owned(),
            _ => "null".to_owned(),
        }
    }

    #[test]
    fn plain_scalars_mean_what_kubectl_makes_of_them() {
        let said = ["on", "012", "08", "0o17", "1_000", "1e3", "1.0", "1.5", "0x1F", "-0b11", "~"].map(plain);
        let wanted = [
            "bool true",
            "int 10",
            "int 8",
            "int 15",
            "int 1000",
            "int 1000",
            "int 1",
            "float 1.5",
            "int 31",
            "int -3",
            "null",
        ];
        assert_eq!(said, wanted);
        for text in ["12:30:45", "2024-01-01", "=", "1.2.3", "0x", "e1", ".", "-", "1e", "80a"] {
            assert_eq!(plain(text), "text", "{text}");
        }
    }
}
