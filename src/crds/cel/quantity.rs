//! Quantities such as `100m` and `2Gi`, exact to a billionth.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::crds::cel::Stop;
use crate::crds::cel::val::Val;

const NANO: i128 = 1_000_000_000;

/// A quantity, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    let made = |it: Option<i128>| match it {
        Some(it) => Ok(Val::Quantity(Rc::new(Quantity(it)))),
        None => Err(Stop::Unable("a quantity is too large".to_owned())),
    };
    Some(match (name, values) {
        ("isQuantity", [Val::Text(it)]) => Ok(Val::Bool(Quantity::parse(it).is_some())),
        ("quantity", [Val::Text(it)]) => match Quantity::parse(it) {
            Some(it) => made(Some(it.0)),
            None => Err(Stop::Failed(format!("`{it}` is no quantity"))),
        },
        (_, [Val::Quantity(it)]) => of_one(name, **it)?,
        (_, [Val::Quantity(it), other]) => {
            let other = match other {
                Val::Quantity(other) => other.0,
                Val::Int(other) => i128::from(*other) * NANO,
                _ => return None,
            };
            match name {
                "add" => made(it.0.checked_add(other)),
                "sub" => made(it.0.checked_sub(other)),
                "compareTo" => Ok(Val::Int(match it.0.cmp(&other) {
                    Ordering::Less => -1,
                    Ordering::Equal => 0,
                    Ordering::Greater => 1,
                })),
                "isGreaterThan" => Ok(Val::Bool(it.0 > other)),
                "isLessThan" => Ok(Val::Bool(it.0 < other)),
                _ => return None,
            }
        }
        _ => return None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "it is asked for approximately")]
fn of_one<'a>(name: &str, it: Quantity) -> Option<Result<Val<'a>, Stop>> {
    let whole = (it.0 % NANO == 0).then(|| i64::try_from(it.0 / NANO).ok()).flatten();
    Some(Ok(match name {
        "sign" => Val::Int(i64::try_from(it.0.signum()).unwrap_or(0)),
        "isInteger" => Val::Bool(whole.is_some()),
        "asInteger" => match whole {
            Some(it) => Val::Int(it),
            None => return Some(Err(Stop::Failed("cannot convert value to integer".to_owned()))),
        },
        "asApproximateFloat" => Val::Double(it.0 as f64 / NANO as f64),
        _ => return None,
    }))
}

impl Quantity {
    /// Reads a quantity; `None` if it is none. What is finer than a billionth is rounded away from zero.
    fn parse(text: &str) -> Option<Self> {
        const UNITS: [(&str, i128, u32); 16] = [
            ("n", 1, 0),
            ("u", 1_000, 0),
            ("m", 1_000_000, 0),
            ("", NANO, 0),
            ("k", NANO, 3),
            ("M", NANO, 6),
            ("G", NANO, 9),
            ("T", NANO, 12),
            ("P", NANO, 15),
            ("E", NANO, 18),
            ("Ki", NANO << 10, 0),
            ("Mi", NANO << 20, 0),
            ("Gi", NANO << 30, 0),
            ("Ti", NANO << 40, 0),
            ("Pi", NANO << 50, 0),
            ("Ei", NANO << 60, 0),
        ];
        let (sign, bare) = match text.strip_prefix('-') {
            Some(it) => (-1, it),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = bare.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(bare.len());
        let (number, suffix) = bare.split_at(end);
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && part.is_empty()) || part.contains('.') {
            return None;
        }
        let (factor, power) = match UNITS.iter().find(|(it, ..)| *it == suffix) {
            Some((_, factor, power)) => (*factor, i32::try_from(*power).ok()?),
            None => (NANO, suffix.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?),
        };
        let digits: i128 = format!("0{whole}{part}").parse().ok()?;
        let power = power.checked_sub(i32::try_from(part.len()).ok()?)?;
        let scale = 10_i128.checked_pow(power.unsigned_abs());
        let product = digits.checked_mul(factor)?;
        let size = match (power < 0, scale) {
            (false, Some(scale)) => product.checked_mul(scale)?,
            (false, None) => return (digits == 0).then_some(Self(0)),
            (true, Some(scale)) => product / scale + i128::from(product % scale != 0),
            (true, None) => i128::from(product != 0),
        };
        Some(Self(sign * size))
    }
}

#[cfg(test)]
mod tests {
    use crate::crds::cel::quantity::Quantity;

    #[test]
    fn quantities_are_exact() {
        let nano = |it| Quantity::parse(it).map(|it| it.0);
        assert_eq!(nano("100m"), Some(100_000_000));
        assert_eq!(nano("1.5Ki"), Some(1_536_000_000_000));
        assert_eq!(nano("-2e3"), nano("-2k"));
        assert_eq!(nano("0.1n"), Some(1));
        for text in ["", "m", "1.2.3", "1x", "1 Gi", "."] {
            assert_eq!(nano(text), None, "{text}");
        }
    }
}
