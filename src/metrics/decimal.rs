//! Decimals as text, exact: thresholds are computed in whole numbers and written down without a float in between.

/// `value` divided by ten so many times: `decimal(144, 4)` is `0.0144`.
pub fn decimal(value: u64, places: u32) -> String {
    let places = places as usize;
    let digits = format!("{value:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal(144_000, 7), "0.0144");
        assert_eq!(decimal(72_000, 7), "0.0072");
        assert_eq!(decimal(1, 7), "0.0000001");
        assert_eq!(decimal(0, 7), "0");
        assert_eq!(decimal(12_345, 2), "123.45");
        assert_eq!(decimal(10_000_000, 7), "1");
        assert_eq!(decimal(7, 0), "7");
    }
}
