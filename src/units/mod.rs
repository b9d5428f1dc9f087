//! The small words of the language: ports, percents, durations, quantities. Each reads itself and prints itself.

pub mod address;
pub mod date;
pub mod quantity;

use schemars::{Schema, json_schema};
use serde::{Serialize, Serializer};

use crate::source::Str;
use crate::yaml::{FromScalar, Scalar, Wrong, whole};

/// A port number, 1 to 65535.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Port(pub u16);

impl std::fmt::Display for Port {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl FromScalar for Port {
    const EXPECTS: &'static str = "a port from 1 to 65535";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        whole(scalar, 1, 65535).map(|it| Self(u16::try_from(it).unwrap_or(u16::MAX)))
    }

    fn schema() -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": 65535 })
    }
}

/// A port by number, or by the name that the service gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PortRef {
    /// The number.
    Number(u16),
    /// The name.
    Name(Str),
}

impl FromScalar for PortRef {
    const EXPECTS: &'static str = "a port number or the name of a port";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        if scalar.plain && scalar.text.bytes().all(|it| it.is_ascii_digit()) {
            return Port::from_scalar(scalar).map(|it| Self::Number(it.0));
        }
        Ok(Self::Name(scalar.text.clone()))
    }

    fn schema() -> Schema {
        json_schema!({ "type": ["integer", "string"] })
    }
}

/// The share of a version in a split, in whole percent; that shares total 100 is a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Weight(pub u32);

impl std::fmt::Display for Weight {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl FromScalar for Weight {
    const EXPECTS: &'static str = "a whole percent";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        const HELP: &str = "write it as `50` or `50%`";
        let bare = scalar.text.strip_suffix('%').unwrap_or(&scalar.text);
        let number = Scalar { text: bare.into(), plain: scalar.plain || bare.len() < scalar.text.len() };
        if bare.contains('.') {
            return Err(Wrong::help("Istio's weights are whole numbers"));
        }
        let clear = |it: &Wrong| !number.plain || it.message.is_some();
        let help = |it: Wrong| if clear(&it) { it } else { Wrong::help(HELP) };
        whole(&number, 0, 1_000_000).map_err(help).map(|it| Self(u32::try_from(it).unwrap_or(u32::MAX)))
    }

    fn schema() -> Schema {
        json_schema!({
            "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 100 }, { "type": "string", "pattern": "^[0-9]{1,3}%$" }]
        })
    }
}

/// A part of the requests from 0 to 100 %, exact to a ten-thousandth of a percent (Envoy's finest step).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// Everything.
    pub const ALL: Self = Self(1_000_000);

    /// In ten-thousandths of a percent: 1 000 000 is everything.
    #[must_use]
    pub fn parts(self) -> u32 {
        self.0
    }
}

/// As people write percents, without the sign: `99.9`.
impl std::fmt::Display for Percent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest == 0 {
            return whole.fmt(out);
        }
        write!(out, "{whole}.{}", format!("{rest:04}").trim_end_matches('0'))
    }
}

/// As the number that Istio's `percentage.value` takes.
impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(10_000) {
            serializer.serialize_u32(self.0 / 10_000)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 10_000.0)
        }
    }
}

impl FromScalar for Percent {
    const EXPECTS: &'static str = "a percent from 0 to 100";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let bare = scalar.text.strip_suffix('%').unwrap_or(&scalar.text);
        let (units, decimals) = bare.split_once('.').unwrap_or((bare, ""));
        let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
        if units.is_empty() || units.len() > 3 || !digits(units) || !digits(decimals) {
            return Err(Wrong::default());
        }
        if decimals.len() > 4 {
            return Err(Wrong::message(format!("`{bare}` has more than four decimals")));
        }
        let parts: u32 = format!("{units}{decimals:0<4}").parse().map_err(|_| Wrong::default())?;
        if parts > Self::ALL.0 {
            return Err(Wrong::message(format!("`{bare}` is more than 100 percent")));
        }
        Ok(Self(parts))
    }

    fn schema() -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 100 },
                { "type": "string", "pattern": "^[0-9]{1,3}(\\.[0-9]{1,4})?%$" }
            ]
        })
    }
}

/// A span of time as Istio writes it (`2s`, `1m30s`, `100ms`): at least a millisecond, in whole milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duration {
    text: Str,
    millis: u64,
}

impl Duration {
    /// How long, in milliseconds.
    #[must_use]
    pub fn millis(&self) -> u64 {
        self.millis
    }
}

impl std::fmt::Display for Duration {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.fmt(out)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl FromScalar for Duration {
    const EXPECTS: &'static str = "a duration such as `2s` or `500ms`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let text = scalar.text.as_str();
        if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
            return Err(Wrong {
                fix: Some(format!("{text}s")),
                ..Wrong::help(format!("say the unit: `{text}s`"))
            });
        }
        let nanos = nanos(text).ok_or_else(Wrong::default)?;
        if nanos < 1_000_000 || nanos % 1_000_000 != 0 {
            let message = format!("`{text}` is not a whole number of milliseconds, at least one");
            return Err(Wrong {
                help: Some("the least is `1ms`; to set no limit, leave the field out".to_owned()),
                ..Wrong::message(message)
            });
        }
        Ok(Self { text: scalar.text.clone(), millis: nanos / 1_000_000 })
    }

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(h|m|s|ms|us|ns))+$", "examples": ["2s", "500ms"] })
    }
}

/// Nanoseconds of a Go duration (`time.ParseDuration`), without sign; `None` if it is none or beyond 290 years.
fn nanos(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at(end);
        let unit_end = tail.find(|it: char| it.is_ascii_digit() || it == '.').unwrap_or(tail.len());
        let (unit, next) = tail.split_at(unit_end);
        let scale: u64 = match unit {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" | "µs" => 1_000,
            "ns" => 1,
            _ => return None,
        };
        let (units, decimals) = number.split_once('.').unwrap_or((number, ""));
        if units.is_empty() || decimals.contains('.') || decimals.len() > 9 {
            return None;
        }
        let power = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        let parts: u64 = if decimals.is_empty() { 0 } else { decimals.parse().ok()? };
        let fraction = u128::from(parts) * u128::from(scale) / u128::from(power);
        let value =
            units.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(u64::try_from(fraction).ok()?)?;
        total = total.checked_add(value)?;
        rest = next;
    }
    (!text.is_empty() && total <= i64::MAX.unsigned_abs()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::{Duration, Percent, nanos};
    use crate::yaml::{FromScalar, Scalar};

    fn scalar(text: &str) -> Scalar {
        Scalar { text: text.into(), plain: true }
    }

    #[test]
    fn durations_are_those_of_go() {
        for (text, expected) in [
            ("2s", Some(2_000_000_000)),
            ("1m30s", Some(90_000_000_000)),
            ("1.5s", Some(1_500_000_000)),
            ("100ms", Some(100_000_000)),
            ("", None),
            ("5", None),
            ("5 s", None),
            ("-5s", None),
            ("99999999999h", None),
        ] {
            assert_eq!(nanos(text), expected, "{text}");
        }
    }

    #[test]
    fn a_duration_below_a_millisecond_is_refused_as_istio_does() {
        assert!(Duration::from_scalar(&scalar("0s")).is_err());
        assert!(Duration::from_scalar(&scalar("1500us")).is_err());
        assert_eq!(Duration::from_scalar(&scalar("1ms")).map(|it| it.millis()), Ok(1));
    }

    #[test]
    fn a_percent_is_exact() {
        let parts = |text| Percent::from_scalar(&scalar(text)).map(Percent::parts);
        assert_eq!(parts("50"), Ok(500_000));
        assert_eq!(parts("50%"), Ok(500_000));
        assert_eq!(parts("0.0001"), Ok(1));
        assert!(parts("100.1").is_err());
        assert!(parts("0.00001").is_err());
        assert!(parts("ten").is_err());
    }
}
