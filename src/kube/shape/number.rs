//! What a scalar of a manifest stands for, to the two kinds of readers that there are.

use serde_json::Value;

use crate::yaml::{Kind, Node, Scalar};

/// Whose reading counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The core schema of YAML 1.2: what we compile.
    Core,
    /// Go's `sigs.k8s.io/yaml`, which is what kubectl and Istio read files with: YAML 1.1, where `yes` is true and
    /// `010` is 8.
    Go,
}

/// What a scalar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// True or false.
    Bool,
    /// A whole number, also one written as `80.0`.
    Whole(i128),
    /// Any other number.
    Fraction(f64),
    /// A text.
    Text,
}

impl Meaning {
    /// What a scalar stands for.
    pub fn of(scalar: &Scalar, reading: Reading) -> Self {
        let text = scalar.text.as_str();
        let first = text.bytes().next().unwrap_or_default();
        if !scalar.plain {
            return Self::Text;
        }
        match first {
            b'0'..=b'9' | b'+' | b'-' | b'.' if reading == Reading::Go => Self::go_number(text),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Self::core_number(scalar),
            b't' | b'T' | b'f' | b'F' if is_bool(text) => Self::Bool,
            b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' if reading == Reading::Go && is_switch(text) => {
                Self::Bool
            }
            _ => Self::Text,
        }
    }

    /// The value of a number.
    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    pub fn value(self) -> f64 {
        match self {
            Self::Whole(value) => value as f64,
            Self::Fraction(value) => value,
            Self::Bool | Self::Text => f64::NAN,
        }
    }

    fn core_number(scalar: &Scalar) -> Self {
        if scalar.text.len() < 18 && scalar.text.bytes().all(|it| it.is_ascii_digit()) {
            return scalar.text.parse().map_or(Self::Text, Self::Whole);
        }
        let node = Node { kind: Kind::Scalar(scalar.clone()), span: crate::source::Span::NONE };
        match serde_json::to_value(node) {
            Ok(Value::Number(number)) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), ..) => Self::Whole(value.into()),
                (_, Some(value), _) => Self::Whole(value.into()),
                (.., value) => Self::of_fraction(value.unwrap_or(f64::NAN)),
            },
            Ok(Value::String(_)) => Self::Text,
            // JSON has no word for `.inf`.
            _ => Self::Fraction(f64::NAN),
        }
    }

    /// As `resolve` of Go's YAML 1.1 reader does it.
    fn go_number(text: &str) -> Self {
        let plain = text.replace('_', "");
        if let Some(value) = go_whole(&plain) {
            return Self::Whole(value);
        }
        let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
        if matches!(bare, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
            return Self::Fraction(f64::NAN);
        }
        let (number, exponent) = plain.split_once(['e', 'E']).unwrap_or((&plain, "0"));
        let number = number.strip_prefix(['+', '-']).unwrap_or(number);
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let none = exponent.is_empty() || (whole.is_empty() && part.is_empty());
        if !none && digits(whole) && digits(part) && digits(exponent) {
            return plain.parse().map_or(Self::Text, Self::of_fraction);
        }
        Self::Text
    }

    /// JSON writes a fraction that is whole as a whole number, up to a size.
    #[expect(clippy::cast_possible_truncation, reason = "the size is tested")]
    fn of_fraction(value: f64) -> Self {
        if value.fract() == 0.0 && value.abs() < 1e21 {
            Self::Whole(value as i128)
        } else {
            Self::Fraction(value)
        }
    }
}

/// `strconv.ParseInt(text, 0, 64)`, or `ParseUint`.
fn go_whole(text: &str) -> Option<i128> {
    let (negative, bare) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = bare.get(..2).unwrap_or_default().to_ascii_lowercase();
    let (digits, radix) = match lower.as_str() {
        "0x" => (&bare[2..], 16),
        "0b" => (&bare[2..], 2),
        "0o" => (&bare[2..], 8),
        _ if bare.len() > 1 && bare.starts_with('0') => (&bare[1..], 8),
        _ => (bare, 10),
    };
    if digits.is_empty() || !digits.chars().all(|it| it.is_digit(radix)) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    let value = if negative { -value } else { value };
    (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&value).then_some(value)
}

fn is_bool(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// The words that only YAML 1.1 takes for `true` and `false`.
fn is_switch(text: &str) -> bool {
    matches!(
        text,
        "y" | "Y"
            | "yes"
            | "Yes"
            | "YES"
            | "on"
            | "On"
            | "ON"
            | "n"
            | "N"
            | "no"
            | "No"
            | "NO"
            | "off"
            | "Off"
            | "OFF"
    )
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::number::{Meaning, Reading};
    use crate::yaml::Scalar;

    fn assert_means(text: &str, core: Meaning, go: Meaning) {
        let scalar = Scalar { text: text.into(), plain: true };
        assert_eq!(Meaning::of(&scalar, Reading::Core), core, "{text}");
        assert_eq!(Meaning::of(&scalar, Reading::Go), go, "{text}");
    }

    #[test]
    fn the_two_readings_differ_where_yaml_1_1_and_1_2_do() {
        assert_means("yes", Meaning::Text, Meaning::Bool);
        assert_means("True", Meaning::Bool, Meaning::Bool);
        assert_means("010", Meaning::Whole(10), Meaning::Whole(8));
        assert_means("1_000", Meaning::Text, Meaning::Whole(1000));
        assert_means("-0x10", Meaning::Text, Meaning::Whole(-16));
        assert_means("12:30:45", Meaning::Text, Meaning::Text);
        assert_means("2024-01-01", Meaning::Text, Meaning::Text);
    }

    #[test]
    fn a_fraction_that_is_whole_is_a_whole_number() {
        assert_means("80.0", Meaning::Whole(80), Meaning::Whole(80));
        assert_means("1e3", Meaning::Whole(1000), Meaning::Whole(1000));
        assert_means("0.5", Meaning::Fraction(0.5), Meaning::Fraction(0.5));
        assert_means("1.2.3", Meaning::Text, Meaning::Text);
        assert_means("10.0.0.1", Meaning::Text, Meaning::Text);
        assert_means("-", Meaning::Text, Meaning::Text);
    }
}
