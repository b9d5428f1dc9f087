//! Durations in Go's spelling, `1h30m` or `1.5s`, and what Istio takes of them.
//!
//! Source: `time.ParseDuration` of Go, which reads the durations of Istio's messages, and `ValidateDuration`.

use crate::lint::words::Verdict;

const MILLISECOND: i64 = 1_000_000;

/// A length that Istio can hand to Envoy: whole milliseconds, at least one.
pub fn duration(text: &str) -> Verdict {
    let length = nanoseconds(text).ok_or_else(|| "it is no length of time such as `1.5s`".to_owned())?;
    if length < MILLISECOND {
        return Err("it is less than a millisecond".to_owned());
    }
    if length % MILLISECOND != 0 { Err("Istio counts whole milliseconds".to_owned()) } else { Ok(()) }
}

/// The length in nanoseconds; `None` for what Go does not read.
pub fn nanoseconds(text: &str) -> Option<i64> {
    const UNITS: [(&str, u64); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("\u{b5}s", 1_000),
        ("\u{3bc}s", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    const LARGEST: u64 = 1 << 63;
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (whole, part, after) = number(rest)?;
        let end = after.find(|it: char| it == '.' || it.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let (_, factor) = UNITS.iter().find(|(it, _)| *it == unit)?;
        let value = whole.checked_mul(*factor).filter(|it| *it <= LARGEST)?;
        let value = value.checked_add(fraction(part, *factor)).filter(|it| *it <= LARGEST)?;
        total = total.checked_add(value).filter(|it| *it <= LARGEST)?;
        rest = after;
    }
    if negative { 0_i64.checked_sub_unsigned(total) } else { i64::try_from(total).ok() }
}

/// The digits before and after the point, and what follows them.
fn number(text: &str) -> Option<(u64, &str, &str)> {
    let digits = |it: &str| it.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(digits(text));
    let (part, rest) = match rest.strip_prefix('.') {
        Some(after) => after.split_at(digits(after)),
        None => ("", rest),
    };
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u64>().ok().filter(|it| *it <= 1 << 63)? };
    Some((whole, part, rest))
}

/// What the digits after the point are worth, in nanoseconds; Go ignores what is beyond its precision.
fn fraction(digits: &str, factor: u64) -> u64 {
    let (mut value, mut scale): (u128, u128) = (0, 1);
    for digit in digits.bytes().take(18) {
        value = value * 10 + u128::from(digit - b'0');
        scale *= 10;
    }
    u64::try_from(value * u128::from(factor) / scale).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::lint::words::duration::{duration, nanoseconds};

    #[test]
    fn lengths_are_read_as_go_reads_them() {
        assert_eq!(nanoseconds("1h30m"), Some(5_400_000_000_000));
        assert_eq!(nanoseconds("-1.5s"), Some(-1_500_000_000));
        assert_eq!(nanoseconds(".5ms"), Some(500_000));
        assert_eq!(nanoseconds("0"), Some(0));
        for text in ["", "5", "s", "5 s", "1d", "1.2.3s", ".", "9999999h", "-"] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }

    #[test]
    fn istio_counts_whole_milliseconds() {
        assert!(duration("1ms").is_ok() && duration("1h").is_ok());
        assert!(duration("0s").is_err() && duration("1500us").is_err() && duration("-1s").is_err());
    }
}
