//! A tree to any serde format: plain scalars mean what the YAML 1.2 core schema says.

use serde::{Serialize, Serializer};

use crate::source::placed;
use crate::yaml::{Kind, Node, Scalar};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        placed(self.span, &Bare(&self.kind), serializer)
    }
}

/// A value without its place.
struct Bare<'a>(&'a Kind);

/// Keys stay strings in the spelling of the source, and so does whatever is quoted or a block.
impl Serialize for Bare<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Kind::Null => serializer.serialize_unit(),
            Kind::Scalar(Scalar { text, plain: true }) => Meaning::of(text).serialize(serializer),
            Kind::Scalar(Scalar { text, plain: false }) => serializer.serialize_str(text),
            Kind::List(items) => serializer.collect_seq(items),
            Kind::Map(entries) => serializer.collect_map(entries.iter().map(|it| (&it.key, &it.value))),
        }
    }
}

/// What a plain scalar stands for.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Meaning<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    /// Also a whole number too large for 64 bits.
    Float(f64),
    String(&'a str),
}

impl<'a> Meaning<'a> {
    fn of(text: &'a str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Self::Null,
            "true" | "True" | "TRUE" => Self::Bool(true),
            "false" | "False" | "FALSE" => Self::Bool(false),
            ".nan" | ".NaN" | ".NAN" => Self::Float(f64::NAN),
            _ => Self::number(text).unwrap_or(Self::String(text)),
        }
    }

    fn number(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let negative = text.starts_with('-');
        if matches!(digits, ".inf" | ".Inf" | ".INF") {
            return Some(Self::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }));
        }
        if let Some(hex) = text.strip_prefix("0x") {
            return Self::of_base(hex, 16);
        }
        if let Some(octal) = text.strip_prefix("0o") {
            return Self::of_base(octal, 8);
        }
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let whole = text.parse().map(Self::Signed).or_else(|_| text.parse().map(Self::Unsigned));
            return whole.ok().or_else(|| text.parse().ok().map(Self::Float));
        }
        is_float(digits).then(|| text.parse().ok().map(Self::Float)).flatten()
    }

    /// Without a sign: the schema knows none before `0x` and `0o`.
    fn of_base(digits: &str, base: u32) -> Option<Self> {
        if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
            return None;
        }
        let whole = u64::from_str_radix(digits, base).map(Self::Unsigned);
        let digits = digits.chars().filter_map(|digit| digit.to_digit(base));
        Some(whole.unwrap_or_else(|_| {
            Self::Float(digits.fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit)))
        }))
    }
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, then maybe `[eE][-+]?[0-9]+`.
fn is_float(text: &str) -> bool {
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (number, exponent) = text.split_once(['e', 'E']).map_or((text, "0"), |it| it);
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let has_digits = !whole.is_empty() || !part.is_empty();
    has_digits && all_digits(whole) && all_digits(part) && !exponent.is_empty() && all_digits(exponent)
}

#[cfg(test)]
mod tests {
    use ecow::{EcoVec, eco_vec};
    use serde_json::{Value, json};

    use crate::source::{Span, Text};
    use crate::yaml::{Entry, Kind, Node, Scalar, print};

    fn plain(text: &str) -> Node {
        Node { kind: Kind::Scalar(Scalar { text: text.into(), plain: true }), span: Span::NONE }
    }

    fn entry(key: &str, value: Node) -> Entry {
        Entry { key: Text::made(key.into()), value }
    }

    fn assert_means(text: &str, wanted: &Value) {
        let value = serde_json::to_value(plain(text)).unwrap();
        assert_eq!((text, &value), (text, wanted));
    }

    #[test]
    fn plain_scalars_mean_what_the_core_schema_says() {
        assert_means("Null", &json!(null));
        assert_means("True", &json!(true));
        assert_means("FALSE", &json!(false));
        assert_means("-12", &json!(-12));
        assert_means("+12", &json!(12));
        assert_means("012", &json!(12));
        assert_means("0x1F", &json!(31));
        assert_means("0o17", &json!(15));
        assert_means("1.10", &json!(1.1));
        assert_means(".5", &json!(0.5));
        assert_means("1.", &json!(1.0));
        assert_means("-1e3", &json!(-1000.0));
    }

    #[test]
    fn whatever_else_is_plain_is_a_string() {
        let texts =
            ["on", "y", "1_000", "12:30:45", "2024-01-01", "-0x1", "0x", "0o8", "1e", ".", "+", "-.", "e1"];
        for text in texts {
            assert_means(text, &json!(text));
        }
        for text in ["inf", "nan", "infinity", "tRue", "1.2.3", "1e5.0", "+-1", ".e1", "<<", "="] {
            assert_means(text, &json!(text));
        }
    }

    #[test]
    fn large_numbers_keep_their_size() {
        assert_means("18446744073709551615", &json!(u64::MAX));
        assert_means("-9223372036854775808", &json!(i64::MIN));
        assert_means("18446744073709551616", &json!(18_446_744_073_709_551_616.0));
        assert_means("0x10000000000000000", &json!(18_446_744_073_709_551_616.0));
    }

    #[test]
    fn what_is_quoted_stays_text_and_keys_keep_their_spelling() {
        let list = Node { kind: Kind::List(eco_vec![plain("1"), plain(".inf")]), span: Span::NONE };
        let entries: EcoVec<Entry> = eco_vec![
            entry("0x1", Node::string("1", Span::NONE)),
            entry("a", list),
            entry("b", Node { kind: Kind::Null, span: Span::NONE }),
        ];
        let wanted = "\"0x1\": \"1\"\na:\n- 1\n- .inf\nb: null\n";
        assert_eq!(print(&Node::map(entries, Span::NONE)), wanted);
    }
}
