//! Kubernetes quantities in the one spelling that the API server gives back, so that nothing drifts.

use schemars::{Schema, json_schema};
use serde::{Serialize, Serializer};

use crate::source::Str;
use crate::yaml::{FromScalar, Scalar, Wrong};

/// An amount such as `500m` or `128Mi`, in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    text: Str,
    /// In thousandths, to compare with; rounded up.
    milli: u128,
}

impl Quantity {
    /// The amount in thousandths.
    #[must_use]
    pub fn milli(&self) -> u128 {
        self.milli
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.fmt(out)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl FromScalar for Quantity {
    const EXPECTS: &'static str = "a quantity such as `500m` or `128Mi`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let milli = milli(&scalar.text).ok_or_else(Wrong::default)?;
        let binary = scalar.text.ends_with('i');
        Ok(Self { text: canonical(milli, binary).into(), milli })
    }

    fn schema() -> Schema {
        json_schema!({ "type": ["string", "number"], "pattern": "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$" })
    }
}

const DECIMAL: [(&str, u128); 7] = [
    ("E", 1_000_000_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000),
    ("T", 1_000_000_000_000_000),
    ("G", 1_000_000_000_000),
    ("M", 1_000_000_000),
    ("k", 1_000_000),
    ("", 1_000),
];

const BINARY: [(&str, u128); 7] = [
    ("Ei", 1000 << 60),
    ("Pi", 1000 << 50),
    ("Ti", 1000 << 40),
    ("Gi", 1000 << 30),
    ("Mi", 1000 << 20),
    ("Ki", 1000 << 10),
    ("", 1_000),
];

/// Thousandths of a quantity, rounded up as the API server does; `None` if it is none.
fn milli(text: &str) -> Option<u128> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let scale = match suffix {
        "m" => 1,
        suffix => DECIMAL.iter().chain(&BINARY).find(|(name, _)| *name == suffix)?.1,
    };
    let (units, decimals) = number.split_once('.').unwrap_or((number, ""));
    if units.is_empty() || units.len() > 18 || decimals.contains('.') || decimals.len() > 9 {
        return None;
    }
    let power = 10_u128.pow(u32::try_from(decimals.len()).ok()?);
    let digits: u128 = format!("{units}{decimals}").parse().ok()?;
    Some((digits.checked_mul(scale)?).div_ceil(power))
}

fn canonical(milli: u128, binary: bool) -> String {
    if milli == 0 {
        return "0".to_owned();
    }
    let table = if binary { &BINARY } else { &DECIMAL };
    match table.iter().find(|(_, scale)| milli.is_multiple_of(*scale)) {
        Some((suffix, scale)) => format!("{}{suffix}", milli / scale),
        None => format!("{milli}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::Quantity;
    use crate::yaml::{FromScalar, Scalar};

    #[test]
    fn a_quantity_is_spelt_as_the_api_server_gives_it_back() {
        for (written, canonical) in [
            ("100m", "100m"),
            ("0.5", "500m"),
            ("1000m", "1"),
            ("1500m", "1500m"),
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("2000", "2k"),
            ("128Mi", "128Mi"),
            ("0", "0"),
        ] {
            let scalar = Scalar { text: written.into(), plain: true };
            let quantity = Quantity::from_scalar(&scalar).map(|it| it.to_string());
            assert_eq!(quantity.as_deref(), Ok(canonical), "{written}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in ["", "m", "1.2.3", "1 Gi", "5GB", "-1", "abc"] {
            assert!(Quantity::from_scalar(&Scalar { text: text.into(), plain: true }).is_err(), "{text}");
        }
    }
}
